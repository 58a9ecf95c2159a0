using Lighthouse.Engine.EventStore.Contracts;
using Lighthouse.Engine.Identity;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Engine.Platform;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Lighthouse.Engine.Tests.Identity;

internal sealed class IdentityHost
{
    private ServiceProvider _services;

    public IdentityHost()
    {
        Store = new MemoryEventStore(Clock);
        _services = Start();
    }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 24, 9, 0, 0, TimeSpan.Zero));
    public MemoryEventStore Store { get; }
    public IAgentDirectory Agents => _services.GetRequiredService<IAgentDirectory>();
    public ICredentials Credentials => _services.GetRequiredService<ICredentials>();
    public IEmergencyStop Stop => _services.GetRequiredService<IEmergencyStop>();
    public IAgentPresence Presence => _services.GetRequiredService<IAgentPresence>();
    public IChangeSignal Signal => _services.GetRequiredService<IChangeSignal>();

    public static Caller Human(string name, Roles roles) => new("u-" + name, CallerKind.Human, roles, name, null, null) { Proof = Support.EngineHost.JustGiven };
    public static Caller Admin { get; } = Human("ada", Roles.Admin);
    public static Caller Operator { get; } = Human("otto", Roles.Operator);
    public static Caller Expert { get; } = Human("eve", Roles.Expert);

    /// <summary>What a restart does: nothing survives but the log.</summary>
    public void Restart()
    {
        _services.Dispose();
        Store.DetachAll();
        _services = Start();
    }

    public Task<CreatedKey> AgentKeyAsync(string name = "claude@build-3", string owner = "ada") => CreateAsync(Admin, Roles.Agent, owner, name);

    public Task<CreatedKey> CreateAsync(Caller caller, Roles role, string owner, string name = "a key", string? secret = null, string? agentId = null) =>
        Agents.CreateKeyAsync(caller, new NewKey { Name = name, Role = role, Owner = owner, Secret = secret, AgentId = agentId }, CancellationToken.None);

    private ServiceProvider Start()
    {
        var services = new ServiceCollection();
        services.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance);
        services.AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        services.AddSingleton<TimeProvider>(Clock);
        services.AddSingleton<IChangeSignal, ChangeSignal>();
        services.AddSingleton<IEventStore>(Store);
        services.AddAgentIdentity();
        var provider = services.BuildServiceProvider();
        foreach (var fold in provider.GetServices<IEventFold>())
        {
            Store.Attach(fold);
        }

        return provider;
    }
}
