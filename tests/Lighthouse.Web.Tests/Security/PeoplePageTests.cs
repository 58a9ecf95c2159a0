using Lighthouse.Contracts;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Web.Features.People;
using Lighthouse.Web.Security.Humans;
using Lighthouse.Web.Ui;

namespace Lighthouse.Web.Tests.Security;

public sealed class PeoplePageTests : IDisposable
{
    private readonly SecurityHost _host = SecurityHost.Start();

    /// <summary>A copied session that could renew the admin's own link would be as good as the password.</summary>
    [Fact]
    public async Task Change_WithoutThePasswordAgain_IsRefused()
    {
        var model = await ModelAsync(new Proof(_host.Clock));
        await model.RefreshAsync();
        var admin = model.People.Single();

        await model.RenewLinkAsync(admin.Id);
        model.Problem!.Code.ShouldBe(ErrorCodes.FreshSignInRequired);
        await model.InviteNewAsync("eve", Roles.Expert);
        await model.ToggleRoleAsync(admin, Roles.Viewer);
        await model.SetDisabledAsync(admin, true);

        model.Problem!.Code.ShouldBe(ErrorCodes.FreshSignInRequired);
        model.Invitation.ShouldBeNull();
        model.People.ShouldHaveSingleItem().Roles.ShouldBe(Roles.Admin);
    }

    [Fact]
    public async Task Change_Confirmed_InvitesAndSetsRoles()
    {
        var model = await ModelAsync(new Proof(_host.Clock));
        await model.ConfirmAsync("wrong");
        model.Confirmed.ShouldBeFalse();
        await model.ConfirmAsync(SecurityHost.Password);

        await model.InviteNewAsync("eve", Roles.Expert);
        await model.ToggleRoleAsync(model.People.Single(static one => one.Name == "eve"), Roles.Operator);

        model.Problem.ShouldBeNull();
        model.Invitation.ShouldNotBeNull().Link.ShouldStartWith("/sign-in/link?token=");
        model.People.Single(static one => one.Name == "eve").Roles.ShouldBe(Roles.Expert | Roles.Operator);
    }

    [Fact]
    public async Task Confirmation_EndsAfterTenMinutes_AndAYoungSessionIsNone()
    {
        var model = await ModelAsync(new Proof(_host.Clock));
        model.Confirmed.ShouldBeFalse();
        await model.ConfirmAsync(SecurityHost.Password);
        model.Confirmed.ShouldBeTrue();

        _host.Clock.Advance(FreshPassword.Lasts);

        model.Confirmed.ShouldBeFalse();
        await model.InviteNewAsync("eve", Roles.Expert);
        model.Problem!.Code.ShouldBe(ErrorCodes.FreshSignInRequired);
    }

    /// <summary>A right password that was not looked at was called wrong.</summary>
    [Fact]
    public async Task Confirmation_NotLookedAt_SaysSoAndHowLong()
    {
        var model = await ModelAsync(new Proof(_host.Clock) { Answer = new PasswordAnswer(PasswordCheck.TooMany, TimeSpan.FromSeconds(6)) });

        await model.ConfirmAsync(SecurityHost.Password);

        model.Confirmed.ShouldBeFalse();
        model.Problem!.Message.ShouldBe("Too many tries, so this one was not looked at. Try again in 6 s. Nothing was changed.");
    }

    [Fact]
    public async Task Page_IsForAdminsAlone()
    {
        using var admin = _host.Browser();
        await admin.SignInAsync();
        ((int)(await admin.Http.GetAsync("/settings/people")).StatusCode).ShouldBe(200);

        var model = await ModelAsync(new Proof(_host.Clock));
        await model.ConfirmAsync(SecurityHost.Password);
        await model.InviteNewAsync("otto", Roles.Operator);
        using var otto = _host.Browser();
        await otto.FollowLinkAsync(model.Invitation!.Token);
        ((int)(await otto.Http.GetAsync("/settings/people")).StatusCode).ShouldBe(403);
    }

    public void Dispose() => _host.Dispose();

    private async Task<PeopleViewModel> ModelAsync(IFreshSignIn proof)
    {
        var humans = _host.Get<IHumanDirectory>();
        var admin = (await humans.ListAsync(CancellationToken.None)).Single(static one => one.Name == "admin");
        return new PeopleViewModel(humans, new Known(new Caller(admin.Id, CallerKind.Human, Roles.Admin, "admin", null, null), proof), proof, _host.Clock);
    }

    private sealed class Known(Caller caller, IFreshSignIn proof) : ICurrentCaller
    {
        public async ValueTask<Caller> GetAsync() => caller with { Proof = await proof.ProofAsync() };
    }

    private sealed class Proof(TimeProvider time) : IFreshSignIn
    {
        private bool _here;

        // As a session that has just begun: not enough for this page.
        public ValueTask<bool> IsFreshAsync() => new(true);

        public ValueTask<PasswordProof?> ProofAsync() => new(new PasswordProof(time.GetUtcNow(), _here));

        public PasswordAnswer? Answer { get; init; }

        public Task<PasswordAnswer> ConfirmAsync(string password, CancellationToken cancellationToken)
        {
            _here = Answer is null && password == SecurityHost.Password;
            return Task.FromResult(Answer ?? new PasswordAnswer(_here ? PasswordCheck.Right : PasswordCheck.Wrong));
        }
    }
}
