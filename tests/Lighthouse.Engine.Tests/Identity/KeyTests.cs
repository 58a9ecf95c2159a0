using System.Text;
using CsCheck;
using Lighthouse.Contracts;
using Lighthouse.Engine.EventStore.Contracts;
using Lighthouse.Engine.Identity.Contracts;

namespace Lighthouse.Engine.Tests.Identity;

public sealed class KeyTests
{
    private readonly IdentityHost _host = new();

    [Theory]
    [InlineData(Roles.Agent, "^lh_agent_[A-Za-z0-9_-]{43}$")]
    [InlineData(Roles.Expert, "^lh_expert_[A-Za-z0-9_-]{43}$")]
    [InlineData(Roles.Operator, "^lh_operator_[A-Za-z0-9_-]{43}$")]
    [InlineData(Roles.Admin, "^lh_admin_[A-Za-z0-9_-]{43}$")]
    public async Task Key_Created_HasItsRoleAndNoOther(Roles role, string shape)
    {
        var key = await _host.CreateAsync(IdentityHost.Admin, role, "ada");

        key.Secret.ShouldMatch(shape);
        var caller = _host.Credentials.Verify(key.Secret).ShouldNotBeNull();
        caller.Roles.ShouldBe(role);
        caller.Kind.ShouldBe(CallerKind.Key);
        caller.Owner.ShouldBe("ada");
        (caller.Agent is not null).ShouldBe(role == Roles.Agent);
    }

    [Fact]
    public async Task Secret_IsNowhereInTheLog()
    {
        var key = await _host.AgentKeyAsync();

        foreach (var stored in _host.Store.Events)
        {
            Encoding.UTF8.GetString(stored.Payload.Span).ShouldNotContain(key.Secret[^20..]);
        }
    }

    [Fact]
    public void Verify_AnyTextThatIsNoKey_IsNobody() =>
        Gen.String[0, 600].Sample(text => _host.Credentials.Verify(text) is null);

    [Fact]
    public async Task Verify_OneCharacterOff_IsNobody()
    {
        var secret = (await _host.AgentKeyAsync()).Secret;

        Gen.Int[0, secret.Length - 1].Sample(at =>
            _host.Credentials.Verify(secret[..at] + (secret[at] == 'x' ? 'y' : 'x') + secret[(at + 1)..]) is null);
    }

    [Fact]
    public async Task Verify_ALiveKey_AllocatesNothing()
    {
        var secret = (await _host.AgentKeyAsync()).Secret;
        _host.Credentials.Verify(secret).ShouldNotBeNull();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            _host.Credentials.Verify(secret);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public async Task RevokedKey_OpensNothing_AlsoAfterARestart_AndIsAnnounced()
    {
        var key = await _host.AgentKeyAsync();
        var announced = new List<string>();
        _host.Credentials.Revoked += announced.Add;

        await _host.Agents.RevokeKeyAsync(IdentityHost.Admin, key.KeyId, "lost", CancellationToken.None);

        announced.ShouldBe([key.KeyId]);
        _host.Credentials.Verify(key.Secret).ShouldBeNull();
        _host.Credentials.IsLive(key.KeyId).ShouldBeFalse();
        _host.Restart();
        _host.Credentials.Verify(key.Secret).ShouldBeNull();
        _host.Store.Events[^1].Actor.ShouldBe("human:ada");
    }

    [Fact]
    public async Task RevokedSecret_ChosenAgain_IsRefused()
    {
        const string secret = "a-chosen-secret-never-used-again!";
        var key = await _host.CreateAsync(IdentityHost.Admin, Roles.Agent, "ada", secret: secret);
        await _host.Agents.RevokeKeyAsync(IdentityHost.Admin, key.KeyId, "lost", CancellationToken.None);

        (await Should.ThrowAsync<LighthouseException>(_host.CreateAsync(IdentityHost.Admin, Roles.Admin, "ada", secret: secret)))
            .Code.ShouldBe(ErrorCodes.Conflict);
        _host.Credentials.Verify(secret).ShouldBeNull();
    }

    [Fact]
    public async Task Rotation_GivesTheSameAgentANewKey_AndEndsTheOldOne()
    {
        var old = await _host.AgentKeyAsync();

        var rotated = await _host.Agents.RotateKeyAsync(IdentityHost.Admin, old.KeyId, CancellationToken.None);

        rotated.AgentId.ShouldBe(old.AgentId);
        _host.Credentials.Verify(old.Secret).ShouldBeNull();
        _host.Credentials.Verify(rotated.Secret).ShouldNotBeNull().Agent!.Id.ShouldBe(old.AgentId);
        _host.Agents.Find(old.AgentId!).ShouldNotBeNull().Keys.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Rotation_OfARevokedKey_IsRefused()
    {
        var key = await _host.AgentKeyAsync();
        await _host.Agents.RevokeKeyAsync(IdentityHost.Admin, key.KeyId, "lost", CancellationToken.None);

        (await Should.ThrowAsync<LighthouseException>(_host.Agents.RotateKeyAsync(IdentityHost.Admin, key.KeyId, CancellationToken.None)))
            .Code.ShouldBe(ErrorCodes.Conflict);
    }

    [Fact]
    public async Task Rotation_WhileSomebodyRevokes_StoresNothing()
    {
        var key = await _host.AgentKeyAsync();
        _host.Store.BeforeNextAppend = () => _host.Agents.RevokeKeyAsync(IdentityHost.Admin, key.KeyId, "lost", CancellationToken.None);

        (await Should.ThrowAsync<LighthouseException>(_host.Agents.RotateKeyAsync(IdentityHost.Admin, key.KeyId, CancellationToken.None)))
            .Code.ShouldBe(ErrorCodes.Conflict);
        _host.Agents.Keys().Count(one => one.RevokedAt is null).ShouldBe(0);
    }

    [Theory]
    [InlineData("short")]
    [InlineData("thirty-two characters, but spaces")]
    [InlineData("thirty-two-characters-with-ümlaut")]
    public async Task ChosenSecret_TooShortOrNoHeaderText_IsRefused(string secret) =>
        (await Should.ThrowAsync<LighthouseException>(_host.CreateAsync(IdentityHost.Admin, Roles.Agent, "ada", secret: secret)))
            .Code.ShouldBe(ErrorCodes.InvalidField);

    [Theory]
    [InlineData(Roles.None)]
    [InlineData(Roles.Viewer)]
    [InlineData(Roles.Agent | Roles.Admin)]
    public async Task Role_OtherThanExactlyOneOfFour_IsRefused(Roles role) =>
        (await Should.ThrowAsync<LighthouseException>(_host.CreateAsync(IdentityHost.Admin, role, "ada"))).Code.ShouldBe(ErrorCodes.InvalidField);

    [Theory]
    [InlineData("relative")]
    [InlineData("/")]
    [InlineData("//")]
    [InlineData("/w/../etc")]
    public async Task WorkspaceRoot_ThatMeansAnotherPlace_IsRefused(string root)
    {
        var key = new NewKey { Name = "a", Role = Roles.Agent, Owner = "ada", WorkspaceRoots = [root] };

        (await Should.ThrowAsync<LighthouseException>(_host.Agents.CreateKeyAsync(IdentityHost.Admin, key, CancellationToken.None)))
            .Code.ShouldBe(ErrorCodes.InvalidField);
    }

    [Fact]
    public async Task WorkspaceRoots_AreOfTheKey()
    {
        var key = new NewKey { Name = "a", Role = Roles.Agent, Owner = "ada", WorkspaceRoots = ["/w/", "/w", "/v"] };

        var created = await _host.Agents.CreateKeyAsync(IdentityHost.Admin, key, CancellationToken.None);
        _host.Restart();

        _host.Credentials.Verify(created.Secret)!.Agent!.WorkspaceRoots.ShouldBe(["/w", "/v"]);
        _host.Credentials.Verify(created.Secret)!.Agent!.Profile.ShouldBe("guarded");
    }

    [Fact]
    public void EventsOfAnotherBuild_AreLeftAside()
    {
        var stored = new StoredEvent(1, "key-k", 1, EventTypes.KeyCreated, _host.Clock.GetUtcNow(), "system:x", "[1]"u8.ToArray());
        var unknownAgent = stored with
        {
            Payload = Encoding.UTF8.GetBytes($$"""{"v":9,"keyId":"k","hash":"{{new string('a', 64)}}","name":"n","role":"agent","owner":"o","agentId":"nobody","new":1}"""),
        };
        var registry = (IEventFold)_host.Credentials;

        registry.Apply(stored);
        registry.Apply(unknownAgent);

        _host.Agents.Keys().ShouldBeEmpty();
    }
}
