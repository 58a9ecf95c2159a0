using Lighthouse.Contracts;
using Lighthouse.Engine.EventStore.Contracts;
using Lighthouse.Engine.Experts.Contracts;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Engine.Telemetry.Contracts;
using Lighthouse.Engine.Validation.Contracts;
using Microsoft.Extensions.DependencyInjection;

namespace Lighthouse.Web.Tests.Fakes;

/// <summary>An engine without an engine: what the pages read, set by the test.</summary>
internal sealed class FakeTower(TimeProvider time)
{
    public TimeProvider Time { get; } = time;
    public FakeFigures Figures { get; } = new(time);
    public FakeEscalationInbox Inbox { get; } = new(time);
    public FakeDecisionLog Log { get; } = new();
    public FakeAgentDirectory Agents { get; } = new(time);
    public FakeAgentPresence Presence { get; } = new();
    public FakeEmergencyStop EmergencyStop { get; } = new(time);
    public FakeEventStore Store { get; } = new();
    public FakeBuildScore Score { get; } = new();
    public FakeSpeedLayer Speed { get; } = new(time);
    public FakePolicySets Policies { get; } = new(time);
    public FakeFreshSignIn FreshSignIn { get; } = new();

    public void AddTo(IServiceCollection services)
    {
        services.AddSingleton(Time);
        services.AddSingleton<IFigures>(Figures);
        services.AddSingleton<IEscalationInbox>(Inbox);
        services.AddSingleton<IDecisionLog>(Log);
        services.AddSingleton<IAgentDirectory>(Agents);
        services.AddSingleton<IAgentPresence>(Presence);
        services.AddSingleton<IEmergencyStop>(EmergencyStop);
        services.AddSingleton<IEventStore>(Store);
        services.AddSingleton<ISpeedLayer>(Speed);
        services.AddSingleton<Lighthouse.Engine.Scoring.Contracts.IBuildScore>(Score);
        services.AddSingleton<IPolicySets>(Policies);
        services.AddSingleton<Lighthouse.Web.Ui.IFreshSignIn>(FreshSignIn);
    }
}

internal sealed class FakeAgentPresence : IAgentPresence
{
    private readonly Dictionary<string, (int Connections, DateTimeOffset? Heard)> _agents = [];

    public int ConnectedAgents => _agents.Count(one => one.Value.Connections > 0);
    public void Set(string agentId, int connections, DateTimeOffset? heard) => _agents[agentId] = (connections, heard);
    public void Connected(string agentId, string connectionId) => _agents[agentId] = (Connections(agentId) + 1, LastHeard(agentId));
    public void Disconnected(string agentId, string connectionId) => _agents[agentId] = (Connections(agentId) - 1, LastHeard(agentId));
    public void Heard(string agentId) { }
    public int Connections(string agentId) => _agents.GetValueOrDefault(agentId).Connections;
    public DateTimeOffset? LastHeard(string agentId) => _agents.GetValueOrDefault(agentId).Heard;
}

internal sealed class FakeEmergencyStop(TimeProvider time) : IEmergencyStop
{
    public EmergencyStopState? Engaged { get; private set; }

    public Task EngageAsync(Caller caller, string reason, CancellationToken cancellationToken)
    {
        Engaged = new(caller.Name, reason, time.GetUtcNow());
        return Task.CompletedTask;
    }

    public Task ReleaseAsync(Caller caller, CancellationToken cancellationToken)
    {
        Engaged = null;
        return Task.CompletedTask;
    }
}

internal sealed class FakeEventStore : IEventStore
{
    public EventStoreHealth Health { get; set; } = new(true, null, 0, 12_345);
    public long Head => Health.Head;

    public ValueTask<AppendResult> AppendAsync(IReadOnlyList<NewEvent> events, CancellationToken cancellationToken) => throw new NotSupportedException();
    public ValueTask<IReadOnlyList<StoredEvent>> ReadAsync(EventQuery query, CancellationToken cancellationToken) => new([]);
    public ValueTask<IReadOnlyList<StoredEvent>> ReadStreamAsync(string stream, CancellationToken cancellationToken) => new([]);
    public Task<VerifyReport> VerifyAsync(IProgress<long>? progress, CancellationToken cancellationToken) => Task.FromResult(new VerifyReport(true, Head, null, null));
}
