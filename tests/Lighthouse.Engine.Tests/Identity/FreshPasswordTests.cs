using Lighthouse.Contracts;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Engine.Tests.Support;

namespace Lighthouse.Engine.Tests.Identity;

/// <summary>What opens asks for the password again, and the sign-in of a copied session is none; what tightens never waits for one.</summary>
public sealed class FreshPasswordTests
{
    private readonly IdentityHost _host = new();

    public static TheoryData<PasswordProof?> NotEnough => new(
        null,
        new PasswordProof(EngineHost.Begin, Here: false),
        new PasswordProof(EngineHost.Begin - FreshPassword.Lasts, Here: true),
        new PasswordProof(EngineHost.Begin.AddMinutes(1), Here: true));

    [Theory]
    [MemberData(nameof(NotEnough))]
    public async Task Opening_WithoutThePasswordAgain_IsRefused(PasswordProof? proof)
    {
        var caller = IdentityHost.Admin with { Proof = proof };
        var key = await _host.AgentKeyAsync();
        await _host.Agents.SuspendAsync(caller, key.AgentId!, "odd", CancellationToken.None);
        await _host.Stop.EngageAsync(caller, "fire", CancellationToken.None);

        await RefusedAsync(() => _host.Agents.ResumeAsync(caller, key.AgentId!, CancellationToken.None));
        await RefusedAsync(() => _host.Stop.ReleaseAsync(caller, CancellationToken.None));
        await RefusedAsync(() => _host.Agents.RotateKeyAsync(caller, key.KeyId, CancellationToken.None));
        await RefusedAsync(() => _host.CreateAsync(caller, Roles.Agent, "ada"));

        _host.Agents.IsSuspended(key.AgentId!).ShouldBeTrue();
        _host.Stop.Engaged.ShouldNotBeNull();
        _host.Agents.Keys().ShouldHaveSingleItem();
        await _host.Agents.RevokeKeyAsync(caller, key.KeyId, "odd", CancellationToken.None);
        _host.Credentials.IsLive(key.KeyId).ShouldBeFalse();
    }

    [Fact]
    public async Task Opening_ByAKey_AsksForNothingMore()
    {
        var key = _host.Credentials.Verify((await _host.CreateAsync(IdentityHost.Admin, Roles.Operator, "otto")).Secret)!;
        await _host.Stop.EngageAsync(key, "fire", CancellationToken.None);

        await _host.Stop.ReleaseAsync(key, CancellationToken.None);
        (await _host.CreateAsync(key, Roles.Agent, "otto")).AgentId.ShouldNotBeNull();

        _host.Stop.Engaged.ShouldBeNull();
    }

    private static async Task RefusedAsync(Func<Task> act) => (await Should.ThrowAsync<LighthouseException>(act)).Code.ShouldBe(ErrorCodes.FreshSignInRequired);
}
