using System.Security.Claims;
using Lighthouse.Contracts;
using Lighthouse.Engine.Experts.Contracts;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Web.Security.Humans;
using Lighthouse.Web.Ui;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Lighthouse.Web.Tests.Security;

public sealed class HumanTests : IDisposable
{
    private readonly SecurityHost _host = SecurityHost.Start();

    private IHumanDirectory Humans => _host.Get<IHumanDirectory>();
    private IReviewerDirectory Reviewers => _host.Get<IReviewerDirectory>();

    [Fact]
    public async Task SecondHuman_ComesByLink_WithTheirRoles()
    {
        var admin = await AdminAsync();
        var invitation = await Humans.CreateAsync(admin, "eve", Roles.Expert, CancellationToken.None);
        (await Reviewers.AnyOtherReviewerAsync("admin", CancellationToken.None)).ShouldBeFalse();

        using var browser = await ComeAsync(invitation);

        (await Reviewers.RolesOfAsync(invitation.Human.Id, CancellationToken.None)).ShouldBe(Roles.Expert);
        (await Reviewers.AnyOtherReviewerAsync("admin", CancellationToken.None)).ShouldBeTrue();
        (await Reviewers.AnyOtherReviewerAsync("eve", CancellationToken.None)).ShouldBeTrue();
        (await browser.IsSignedInAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task LostRole_CountsAtOnceForVotes_AndEndsTheSession()
    {
        var admin = await AdminAsync();
        var invitation = await Humans.CreateAsync(admin, "eve", Roles.Expert, CancellationToken.None);
        using var browser = await ComeAsync(invitation);

        await Humans.SetRolesAsync(admin, invitation.Human.Id, Roles.Viewer, CancellationToken.None);

        (await Reviewers.RolesOfAsync(invitation.Human.Id, CancellationToken.None)).ShouldBe(Roles.Viewer);
        _host.Clock.Advance(TimeSpan.FromSeconds(31));
        (await browser.IsSignedInAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task DisabledHuman_HasNoRole_NoSession_AndNoWayIn()
    {
        var admin = await AdminAsync();
        var invitation = await Humans.CreateAsync(admin, "eve", Roles.Expert | Roles.Operator, CancellationToken.None);
        using var browser = await ComeAsync(invitation);

        await Humans.SetDisabledAsync(admin, invitation.Human.Id, true, CancellationToken.None);

        (await Reviewers.RolesOfAsync(invitation.Human.Id, CancellationToken.None)).ShouldBe(Roles.None);
        (await Reviewers.AnyOtherReviewerAsync("admin", CancellationToken.None)).ShouldBeFalse();
        _host.Clock.Advance(TimeSpan.FromSeconds(31));
        (await browser.IsSignedInAsync()).ShouldBeFalse();
        (await browser.SignInAsync("eve")).ShouldStartWith("/sign-in?error=wrong");
        var link = (await Humans.InviteAsync(admin, invitation.Human.Id, CancellationToken.None)).Token;
        (await browser.PostFormAsync("/sign-in", "/sign-in/link", ("token", link))).Headers.Location!.OriginalString.ShouldBe("/sign-in/link?error=used");
    }

    [Fact]
    public async Task LastAdmin_CanNeitherBeDemotedNorDisabled()
    {
        var admin = await AdminAsync();
        // Invited, but never came: no admin who could sign in.
        await Humans.CreateAsync(admin, "ada", Roles.Admin, CancellationToken.None);

        await RefusedAsync(ErrorCodes.Conflict, () => Humans.SetRolesAsync(admin, admin.Id, Roles.Viewer, CancellationToken.None));
        await RefusedAsync(ErrorCodes.Conflict, () => Humans.SetDisabledAsync(admin, admin.Id, true, CancellationToken.None));
    }

    [Fact]
    public async Task OnlyALiveHumanAdmin_ChangesPeople()
    {
        var admin = await AdminAsync();
        var key = _host.Get<ICredentials>().Verify(await _host.AdminKeyAsync())!;
        var claimed = new Caller("u-mallory", CallerKind.Human, Roles.Admin, "mallory", null, null);

        await RefusedAsync(ErrorCodes.Forbidden, () => Humans.CreateAsync(key, "eve", Roles.Expert, CancellationToken.None));
        await RefusedAsync(ErrorCodes.Forbidden, () => Humans.CreateAsync(claimed, "eve", Roles.Expert, CancellationToken.None));
        await RefusedAsync(ErrorCodes.Forbidden, () => Humans.InviteAsync(claimed, admin.Id, CancellationToken.None));
        await RefusedAsync(ErrorCodes.InvalidField, () => Humans.CreateAsync(admin, "eve", Roles.Agent, CancellationToken.None));
        await RefusedAsync(ErrorCodes.InvalidField, () => Humans.CreateAsync(admin, "eve eve", Roles.Viewer, CancellationToken.None));
        await RefusedAsync(ErrorCodes.Conflict, () => Humans.CreateAsync(admin, "ADMIN", Roles.Viewer, CancellationToken.None));
    }

    [Fact]
    public async Task FreshSignIn_ByPassword_LastsTenMinutes()
    {
        var principal = await PrincipalAsync();
        var since = _host.Clock.GetUtcNow().ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        ((ClaimsIdentity)principal.Identity!).AddClaims([new Claim(HumanSignIn.HowClaim, "password"), new Claim(HumanSignIn.SinceClaim, since)]);
        var fresh = Fresh(new KnownState(principal));

        (await fresh.IsFreshAsync()).ShouldBeTrue();
        _host.Clock.Advance(FreshPassword.Lasts);
        (await fresh.IsFreshAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task FreshSignIn_OlderSession_NeedsThePasswordInThisCircuit()
    {
        var state = new KnownState(await PrincipalAsync());
        var fresh = Fresh(state);

        (await fresh.IsFreshAsync()).ShouldBeFalse();
        (await fresh.ConfirmAsync("not the password", CancellationToken.None)).Check.ShouldBe(PasswordCheck.Wrong);
        (await fresh.ConfirmAsync(SecurityHost.Password, CancellationToken.None)).IsRight.ShouldBeTrue();
        (await fresh.IsFreshAsync()).ShouldBeTrue();
        (await Fresh(state).IsFreshAsync()).ShouldBeFalse();
        _host.Clock.Advance(FreshPassword.Lasts);
        (await fresh.IsFreshAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task FreshSignIn_SaysWhetherItWasGivenHere()
    {
        var principal = await PrincipalAsync();
        var since = _host.Clock.GetUtcNow().ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        ((ClaimsIdentity)principal.Identity!).AddClaims([new Claim(HumanSignIn.HowClaim, "password"), new Claim(HumanSignIn.SinceClaim, since)]);
        var fresh = Fresh(new KnownState(principal));

        (await fresh.ProofAsync()).ShouldNotBeNull().Here.ShouldBeFalse();
        await fresh.ConfirmAsync(SecurityHost.Password, CancellationToken.None);
        (await fresh.ProofAsync()).ShouldNotBeNull().Here.ShouldBeTrue();
    }

    /// <summary>The account's own lock reads, checks and writes: of guesses at the same moment it counts only some.</summary>
    [Fact]
    public async Task FreshSignIn_GuessesSideBySide_AreHeldBack()
    {
        var fresh = Fresh(new KnownState(await PrincipalAsync()));

        await Task.WhenAll(Enumerable.Range(0, 30).Select(i => Task.Run(() => fresh.ConfirmAsync("guess number " + i, CancellationToken.None))));

        _host.Log.Lines.Count(static line => line.Contains("to confirm their password", StringComparison.Ordinal)).ShouldBe(20);
    }

    [Fact]
    public async Task People_AreNotChangedBehindThePage_WithoutThePasswordAgain()
    {
        var admin = await AdminAsync();
        foreach (var proof in (PasswordProof?[])[null, new(_host.Clock.GetUtcNow(), Here: false), new(_host.Clock.GetUtcNow() - FreshPassword.Lasts, Here: true)])
        {
            await RefusedAsync(ErrorCodes.FreshSignInRequired, () => Humans.CreateAsync(admin with { Proof = proof }, "eve", Roles.Expert, CancellationToken.None));
            await RefusedAsync(ErrorCodes.FreshSignInRequired, () => Humans.InviteAsync(admin with { Proof = proof }, admin.Id, CancellationToken.None));
            await RefusedAsync(ErrorCodes.FreshSignInRequired, () => Humans.SetDisabledAsync(admin with { Proof = proof }, admin.Id, true, CancellationToken.None));
        }
    }

    [Fact]
    public async Task FreshSignIn_CountsGuessesTowardsTheLock()
    {
        var fresh = Fresh(new KnownState(await PrincipalAsync()));
        for (var i = 0; i < 5; i++)
        {
            await fresh.ConfirmAsync("guess number " + i, CancellationToken.None);
        }

        // The right one now, which is not taken, and is not called wrong.
        var locked = await fresh.ConfirmAsync(SecurityHost.Password, CancellationToken.None);
        locked.Check.ShouldBe(PasswordCheck.Locked);
        locked.Wait.ShouldBeInRange(TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(6));
        locked.Words.ShouldContain("not even the right one");

        // Ten tries a minute: by then they are not even looked at.
        var answers = new List<PasswordAnswer>();
        for (var i = 0; i < 6; i++)
        {
            answers.Add(await fresh.ConfirmAsync(SecurityHost.Password, CancellationToken.None));
        }

        answers[^1].Check.ShouldBe(PasswordCheck.TooMany);
        answers[^1].Wait.ShouldBeInRange(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        (await fresh.IsFreshAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task OpenPage_OfAChangedHuman_IsSignedOutAtOnce()
    {
        var principal = await PrincipalAsync();
        using var circuit = new CircuitSignIn(NullLoggerFactory.Instance, _host.Get<IServiceScopeFactory>(), _host.Get<HumanChanges>());
        circuit.SetAuthenticationState(Task.FromResult(new AuthenticationState(principal)));

        _host.Get<HumanChanges>().Publish("somebody-else");
        (await circuit.GetAuthenticationStateAsync()).User.Identity!.IsAuthenticated.ShouldBeTrue();
        _host.Get<HumanChanges>().Publish(principal.FindFirstValue(ClaimTypes.NameIdentifier)!);

        (await circuit.GetAuthenticationStateAsync()).User.Identity!.IsAuthenticated.ShouldBeFalse();
    }

    [Fact]
    public void OpenPages_UseTheLiveState()
    {
        using var scope = _host.Services.CreateScope();
        scope.ServiceProvider.GetRequiredService<AuthenticationStateProvider>().ShouldBeOfType<CircuitSignIn>();
    }

    public void Dispose() => _host.Dispose();

    private FreshSignIn Fresh(AuthenticationStateProvider state) =>
        new(state, _host.Get<IServiceScopeFactory>(), _host.Clock);

    private async Task<Caller> AdminAsync()
    {
        var admin = (await Humans.ListAsync(CancellationToken.None)).Single(static human => human.Name == "admin");
        return new Caller(admin.Id, CallerKind.Human, Roles.Admin, "admin", null, null) { Proof = new(_host.Clock.GetUtcNow(), Here: true) };
    }

    private async Task<HumanBrowser> ComeAsync(Invitation invitation)
    {
        var browser = _host.Browser();
        await browser.FollowLinkAsync(invitation.Token);
        (await browser.SetPasswordAsync(SecurityHost.Password)).ShouldBe("/");
        return browser;
    }

    private async Task<ClaimsPrincipal> PrincipalAsync()
    {
        using var scope = _host.Services.CreateScope();
        var sessions = scope.ServiceProvider.GetRequiredService<SignInManager<LighthouseUser>>();
        return await sessions.CreateUserPrincipalAsync((await sessions.UserManager.FindByNameAsync("admin"))!);
    }

    private static async Task RefusedAsync(string code, Func<Task> action) => (await Should.ThrowAsync<LighthouseException>(action)).Code.ShouldBe(code);

    private sealed class KnownState(ClaimsPrincipal user) : AuthenticationStateProvider
    {
        public override Task<AuthenticationState> GetAuthenticationStateAsync() => Task.FromResult(new AuthenticationState(user));
    }
}
