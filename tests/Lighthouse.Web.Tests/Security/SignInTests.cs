using Lighthouse.Engine.EventStore.Contracts;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Web.Security.Humans;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Lighthouse.Web.Tests.Security;

public sealed class SignInTests : IDisposable
{
    private readonly SecurityHost _host = SecurityHost.Start();
    private readonly HumanBrowser _browser;

    public SignInTests() => _browser = _host.Browser();

    [Fact]
    public async Task Stranger_IsSentToSignIn_AndBackToWhereTheyWanted()
    {
        var answer = await _browser.Http.GetAsync("/escalations");
        answer.Headers.Location!.PathAndQuery.ShouldBe("/sign-in?returnUrl=%2Fescalations");

        (await _browser.SignInAsync(returnUrl: "/escalations")).ShouldBe("/escalations");
        ((int)(await _browser.Http.GetAsync("/escalations")).StatusCode).ShouldBe(200);
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("https://evil.example")]
    [InlineData("")]
    public async Task ReturnUrl_ToAnotherSite_IsIgnored(string url) => (await _browser.SignInAsync(returnUrl: url)).ShouldBe("/");

    [Fact]
    public async Task WrongNameAndWrongPassword_AreToldTheSame()
    {
        var wrongPassword = await _browser.SignInAsync(password: "not the Password at all");
        var wrongName = await _browser.SignInAsync(user: "nobody");

        wrongPassword.ShouldBe("/sign-in?error=wrong&returnUrl=%2F");
        wrongName.ShouldBe(wrongPassword);
        (await _browser.IsSignedInAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task FiveWrongPasswords_LockTheAccount_ButNotOutOfTheLink()
    {
        for (var i = 0; i < 5; i++)
        {
            await _browser.SignInAsync(password: "guess number " + i);
        }

        (await _browser.SignInAsync()).ShouldStartWith("/sign-in?error=");
        (await _browser.IsSignedInAsync()).ShouldBeFalse();
        (await _browser.FollowLinkAsync(SignInLinks.Create(_host.DataDirectory, _host.Clock))).ShouldBe("/account/password");
    }

    [Fact]
    public async Task HundredWrongPasswordsAtOnce_GetNoFurtherThanInTurn()
    {
        var html = await _browser.Http.GetStringAsync("/sign-in");
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 100).Select(async i =>
            (await _browser.PostAsync("/sign-in", ("__RequestVerificationToken", HumanBrowser.FormTokenOf(html)), ("user", "admin"), ("password", "guess number " + i))).Headers.Location!.OriginalString));

        outcomes.Count(static one => one.Contains("error=wrong", StringComparison.Ordinal)).ShouldBe(10);
        outcomes.Count(static one => one.Contains("error=busy", StringComparison.Ordinal)).ShouldBe(90);
    }

    [Fact]
    public async Task WrongKeys_DoNotLockTheHumansOfTheHostOut()
    {
        for (var i = 0; i < 20; i++)
        {
            await _host.CallAsync("GET", "/api/v1/agents", "lh_operator_wrong" + i);
        }

        (await _browser.SignInAsync()).ShouldBe("/");
    }

    [Fact]
    public async Task Cookie_IsOurOwn_HttpOnly_AndSecureUnderHttps()
    {
        var answer = await _browser.PostFormAsync("/sign-in", "/sign-in", ("user", "admin"), ("password", SecurityHost.Password));

        var cookie = answer.Headers.GetValues("Set-Cookie").Single(static one => one.StartsWith("lighthouse-session=", StringComparison.Ordinal));
        cookie.ShouldContain("httponly", Case.Insensitive);
        cookie.ShouldContain("samesite=lax", Case.Insensitive);
        cookie.ShouldNotContain("domain=", Case.Insensitive);
        _host.Get<IOptionsMonitor<CookieAuthenticationOptions>>().Get(IdentityConstants.ApplicationScheme).Cookie.SecurePolicy.ShouldBe(CookieSecurePolicy.SameAsRequest);
        _host.Get<IOptions<AntiforgeryOptions>>().Value.Cookie.SecurePolicy.ShouldBe(CookieSecurePolicy.SameAsRequest);
    }

    [Fact]
    public async Task Form_WithoutItsToken_DoesNothing()
    {
        (await _browser.PostAsync("/sign-in", ("user", "admin"), ("password", SecurityHost.Password))).Headers.Location!.OriginalString.ShouldStartWith("/sign-in?error=form");
        await _browser.SignInAsync();
        await _browser.PostAsync("/account/password", ("password", "another long Password"), ("again", "another long Password"), ("current", SecurityHost.Password));
        await _browser.PostAsync("/sign-out");

        (await _browser.IsSignedInAsync()).ShouldBeTrue();
        using var other = _host.Browser();
        (await other.SignInAsync()).ShouldBe("/");
    }

    [Fact]
    public async Task SignOut_AlsoEndsACopiedCookie_WithinAMinute()
    {
        await _browser.SignInAsync();
        using var thief = _host.Browser();
        thief.SetCookie("lighthouse-session", _browser.Cookie("lighthouse-session")!);
        (await thief.IsSignedInAsync()).ShouldBeTrue();

        await _browser.PostFormAsync("/account/password", "/sign-out");
        _host.Clock.Advance(TimeSpan.FromSeconds(31));

        (await _browser.IsSignedInAsync()).ShouldBeFalse();
        (await thief.IsSignedInAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task Password_ChangedByWhoKnowsIt_EndsTheOtherSessions()
    {
        await _browser.SignInAsync();
        using var other = _host.Browser();
        await other.SignInAsync();

        (await _browser.SetPasswordAsync("another long Password", "not the present one")).ShouldBe("/account/password?error=current");
        (await _browser.SetPasswordAsync("short", SecurityHost.Password)).ShouldBe("/account/password?error=weak");
        (await _browser.SetPasswordAsync("another long Password", SecurityHost.Password)).ShouldBe("/");
        _host.Clock.Advance(TimeSpan.FromSeconds(31));

        (await _browser.IsSignedInAsync()).ShouldBeTrue();
        (await other.IsSignedInAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task Password_TriedTooOften_IsNotCalledWrong()
    {
        await _browser.SignInAsync();
        for (var i = 0; i < 5; i++)
        {
            await _browser.SetPasswordAsync("another long Password", "guess number " + i);
        }

        var back = await _browser.SetPasswordAsync("another long Password", SecurityHost.Password);

        back.ShouldStartWith("/account/password?error=wait&wait=");
        (await _browser.Http.GetStringAsync(back)).ShouldContain("was not looked at, right or wrong");
    }

    [Fact]
    public async Task LinkSession_SetsAPasswordFreely_ForAQuarterOfAnHour()
    {
        await _browser.FollowLinkAsync(SignInLinks.Create(_host.DataDirectory, _host.Clock));
        _host.Clock.Advance(TimeSpan.FromMinutes(16));

        (await _browser.SetPasswordAsync("another long Password")).ShouldBe("/account/password?error=current");
        await _browser.FollowLinkAsync(SignInLinks.Create(_host.DataDirectory, _host.Clock));
        (await _browser.SetPasswordAsync("another long Password")).ShouldBe("/");
    }

    [Fact]
    public async Task SignIns_AreInTheLog()
    {
        await _browser.SignInAsync();

        var events = await _host.Get<IEventStore>().ReadAsync(new EventQuery(Type: EventTypes.HumanSignedIn), CancellationToken.None);
        events.ShouldHaveSingleItem().Actor.ShouldBe("human:admin");
    }

    [Theory]
    [InlineData(null, "at least")]
    [InlineData("elevenchars", "at least")]
    [InlineData("aaaaaaaaaaaaaaaa", "different")]
    [InlineData("adminadminadmin1", "name")]
    public void Password_TooWeak_IsNamed(string? password, string why) => PasswordRules.Problem(password, "admin").ShouldNotBeNull().ShouldContain(why);

    [Theory]
    [InlineData("Accept-Admin-1!")]
    [InlineData("a sentence is best")]
    public void Password_LongEnough_IsAccepted(string password) => PasswordRules.Problem(password, "admin").ShouldBeNull();

    public void Dispose()
    {
        _browser.Dispose();
        _host.Dispose();
    }
}
