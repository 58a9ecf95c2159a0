using Lighthouse.Contracts;
using Lighthouse.Engine.EventStore.Contracts;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Engine.Platform;

namespace Lighthouse.Engine.Tests.Identity;

public sealed class AgentTests
{
    private readonly IdentityHost _host = new();

    [Fact]
    public async Task Agent_KeepsItsId_OverKeysAndRestarts()
    {
        var first = await _host.AgentKeyAsync();
        var second = await _host.CreateAsync(IdentityHost.Admin, Roles.Agent, "ada", agentId: first.AgentId);
        _host.Restart();

        _host.Credentials.Verify(second.Secret)!.Agent!.Id.ShouldBe(first.AgentId);
        _host.Agents.Agents().ShouldHaveSingleItem().Name.ShouldBe("claude@build-3");
    }

    [Fact]
    public async Task FurtherKey_ForAnotherOwner_IsRefused()
    {
        var first = await _host.AgentKeyAsync();

        (await Should.ThrowAsync<LighthouseException>(_host.CreateAsync(IdentityHost.Admin, Roles.Agent, "eve", agentId: first.AgentId)))
            .Code.ShouldBe(ErrorCodes.InvalidField);
    }

    [Fact]
    public async Task FurtherKey_OfAnotherRole_IsRefused()
    {
        var first = await _host.AgentKeyAsync();

        (await Should.ThrowAsync<LighthouseException>(_host.CreateAsync(IdentityHost.Admin, Roles.Expert, "ada", agentId: first.AgentId)))
            .Code.ShouldBe(ErrorCodes.InvalidField);
    }

    [Fact]
    public async Task Suspension_SurvivesARestart_AndIsAnnounced()
    {
        var key = await _host.AgentKeyAsync();
        var announced = new List<(string, string)>();
        _host.Agents.Suspended += (id, reason) => announced.Add((id, reason));

        await _host.Agents.SuspendAsync(IdentityHost.Operator, key.AgentId!, " odd calls ", CancellationToken.None);
        announced.ShouldBe([(key.AgentId!, "odd calls")]);
        _host.Restart();

        _host.Agents.IsSuspended(key.AgentId!).ShouldBeTrue();
        // Still identified, so that it can be told why.
        _host.Credentials.Verify(key.Secret).ShouldNotBeNull();
        await _host.Agents.ResumeAsync(IdentityHost.Operator, key.AgentId!, CancellationToken.None);
        _host.Agents.IsSuspended(key.AgentId!).ShouldBeFalse();
        await _host.Agents.SuspendAsync(IdentityHost.Operator, key.AgentId!, "again", CancellationToken.None);
        _host.Agents.IsSuspended(key.AgentId!).ShouldBeTrue();
    }

    [Fact]
    public void UnknownAgent_CountsAsSuspended() => _host.Agents.IsSuspended("a-nobody").ShouldBeTrue();

    [Fact]
    public async Task ListenerThatThrows_StopsNeitherTheSuspensionNorTheStore()
    {
        var key = await _host.AgentKeyAsync();
        _host.Agents.Suspended += (_, _) => throw new InvalidOperationException();

        await _host.Agents.SuspendAsync(IdentityHost.Admin, key.AgentId!, "odd", CancellationToken.None);

        _host.Agents.IsSuspended(key.AgentId!).ShouldBeTrue();
    }

    [Fact]
    public async Task EveryChange_SignalsAgents()
    {
        var signals = 0;
        using var subscription = _host.Signal.Subscribe(ChangeTopic.Agents, () => signals++);

        var key = await _host.AgentKeyAsync();
        await _host.Agents.SuspendAsync(IdentityHost.Admin, key.AgentId!, "odd", CancellationToken.None);
        var before = signals;
        await _host.Agents.RevokeKeyAsync(IdentityHost.Admin, key.KeyId, "lost", CancellationToken.None);

        before.ShouldBeGreaterThanOrEqualTo(2);
        signals.ShouldBe(before + 1);
    }

    [Fact]
    public async Task EmergencyStop_SurvivesARestart_AndNamesItsActor()
    {
        await _host.Stop.EngageAsync(IdentityHost.Expert, "fire", CancellationToken.None);
        await _host.Stop.EngageAsync(IdentityHost.Operator, "again", CancellationToken.None);
        _host.Restart();

        _host.Stop.Engaged.ShouldBe(new EmergencyStopState("human:eve", "fire", _host.Clock.GetUtcNow()));
        _host.Store.Events.Count(stored => stored.Type == EventTypes.EmergencyStopEngaged).ShouldBe(1);
        await _host.Stop.ReleaseAsync(IdentityHost.Operator, CancellationToken.None);
        _host.Restart();
        _host.Stop.Engaged.ShouldBeNull();
    }

    [Fact]
    public async Task EmergencyStop_PulledTwiceAtOnce_IsOneStop()
    {
        _host.Store.BeforeNextAppend = () => _host.Stop.EngageAsync(IdentityHost.Operator, "first", CancellationToken.None);

        await _host.Stop.EngageAsync(IdentityHost.Expert, "second", CancellationToken.None);

        _host.Stop.Engaged.ShouldNotBeNull().Reason.ShouldBe("first");
    }

    [Fact]
    public void Presence_CountsAgentsNotConnections()
    {
        _host.Presence.Connected("a", "1");
        _host.Presence.Connected("a", "2");
        _host.Presence.Connected("b", "3");
        _host.Presence.Disconnected("a", "1");
        _host.Presence.Disconnected("a", "1");
        _host.Presence.Disconnected("b", "3");

        _host.Presence.ConnectedAgents.ShouldBe(1);
        _host.Presence.Connections("a").ShouldBe(1);
        _host.Presence.LastHeard("b").ShouldBe(_host.Clock.GetUtcNow());
        _host.Presence.LastHeard("c").ShouldBeNull();
    }
}
