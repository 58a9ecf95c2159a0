using Lighthouse.Contracts;
using Lighthouse.Engine.Identity.Contracts;

namespace Lighthouse.Engine.Tests.Identity;

/// <summary>What tightens is open to every operator, what opens is not, and nobody hands out more than they hold.</summary>
public sealed class KeyRulesTests
{
    private readonly IdentityHost _host = new();

    [Theory]
    [InlineData(Roles.None)]
    [InlineData(Roles.Viewer)]
    [InlineData(Roles.Expert)]
    public async Task Human_BelowOperator_CreatesNoKey(Roles roles)
    {
        foreach (var role in (Roles[])[Roles.Agent, Roles.Expert, Roles.Operator, Roles.Admin])
        {
            await ForbiddenAsync(() => _host.CreateAsync(IdentityHost.Human("mallory", roles), role, "mallory"));
        }
    }

    [Theory]
    [InlineData(Roles.Expert)]
    [InlineData(Roles.Operator)]
    [InlineData(Roles.Admin)]
    public Task Operator_CreatesNoKeyAboveAgents(Roles role) => ForbiddenAsync(() => _host.CreateAsync(IdentityHost.Operator, role, "otto"));

    [Fact]
    public async Task Operator_CreatesAgents_UnderTheirOwnNameOnly()
    {
        (await _host.CreateAsync(IdentityHost.Operator, Roles.Agent, "otto")).AgentId.ShouldNotBeNull();
        await ForbiddenAsync(() => _host.CreateAsync(IdentityHost.Operator, Roles.Agent, "ada"));
    }

    [Fact]
    public async Task OperatorKey_CreatesAgentsOfItsOwner()
    {
        var key = _host.Credentials.Verify((await _host.CreateAsync(IdentityHost.Admin, Roles.Operator, "otto")).Secret)!;

        await _host.CreateAsync(key, Roles.Agent, "otto");
        await ForbiddenAsync(() => _host.CreateAsync(key, Roles.Agent, "ada"));
        await ForbiddenAsync(() => _host.CreateAsync(key, Roles.Admin, "otto"));
    }

    [Fact]
    public async Task Agent_ChangesNothingAtAll()
    {
        var created = await _host.AgentKeyAsync();
        var agent = _host.Credentials.Verify(created.Secret)!;
        await _host.Stop.EngageAsync(IdentityHost.Admin, "fire", CancellationToken.None);
        var before = _host.Store.Head;

        await ForbiddenAsync(() => _host.CreateAsync(agent, Roles.Agent, "ada"));
        await ForbiddenAsync(() => _host.CreateAsync(agent, Roles.Admin, "ada"));
        await ForbiddenAsync(() => _host.Agents.RotateKeyAsync(agent, created.KeyId, CancellationToken.None));
        await ForbiddenAsync(() => _host.Agents.RevokeKeyAsync(agent, created.KeyId, "", CancellationToken.None));
        await ForbiddenAsync(() => _host.Agents.SuspendAsync(agent, created.AgentId!, "", CancellationToken.None));
        await ForbiddenAsync(() => _host.Agents.ResumeAsync(agent, created.AgentId!, CancellationToken.None));
        await ForbiddenAsync(() => _host.Stop.EngageAsync(agent, "", CancellationToken.None));
        await ForbiddenAsync(() => _host.Stop.ReleaseAsync(agent, CancellationToken.None));

        _host.Store.Head.ShouldBe(before);
    }

    [Fact]
    public async Task Operator_RevokesAgentKeys_ButNoOthers()
    {
        var agent = await _host.AgentKeyAsync();
        var expert = await _host.CreateAsync(IdentityHost.Admin, Roles.Expert, "ada");

        await _host.Agents.RevokeKeyAsync(IdentityHost.Operator, agent.KeyId, "odd", CancellationToken.None);
        await ForbiddenAsync(() => _host.Agents.RevokeKeyAsync(IdentityHost.Operator, expert.KeyId, "odd", CancellationToken.None));
        await ForbiddenAsync(() => _host.Agents.RotateKeyAsync(IdentityHost.Operator, expert.KeyId, CancellationToken.None));
    }

    [Fact]
    public async Task Owner_RevokesAndSuspendsTheirOwn_ButDoesNotResume()
    {
        var eve = await _host.AgentKeyAsync(owner: "eve");
        var ada = await _host.AgentKeyAsync(owner: "ada");

        await _host.Agents.SuspendAsync(IdentityHost.Expert, eve.AgentId!, "odd", CancellationToken.None);
        await _host.Agents.RevokeKeyAsync(IdentityHost.Expert, eve.KeyId, "odd", CancellationToken.None);
        await ForbiddenAsync(() => _host.Agents.ResumeAsync(IdentityHost.Expert, eve.AgentId!, CancellationToken.None));
        await ForbiddenAsync(() => _host.Agents.SuspendAsync(IdentityHost.Expert, ada.AgentId!, "odd", CancellationToken.None));
        await ForbiddenAsync(() => _host.Agents.RevokeKeyAsync(IdentityHost.Expert, ada.KeyId, "odd", CancellationToken.None));
    }

    [Fact]
    public async Task EmergencyStop_ExpertsMayStop_ButNotRelease()
    {
        await ForbiddenAsync(() => _host.Stop.EngageAsync(IdentityHost.Human("vera", Roles.Viewer), "", CancellationToken.None));
        await _host.Stop.EngageAsync(IdentityHost.Expert, "fire", CancellationToken.None);
        await ForbiddenAsync(() => _host.Stop.ReleaseAsync(IdentityHost.Expert, CancellationToken.None));
        _host.Stop.Engaged.ShouldNotBeNull();
    }

    private static async Task ForbiddenAsync(Func<Task> action) =>
        (await Should.ThrowAsync<LighthouseException>(action)).Code.ShouldBe(ErrorCodes.Forbidden);
}
