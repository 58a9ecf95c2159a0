using System.Globalization;
using System.Security.Claims;
using Lighthouse.Web.Ui;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Identity;

namespace Lighthouse.Web.Security.Humans;

/// <summary>Fresh is a password given within the last ten minutes, at sign-in or asked for again in this circuit.</summary>
internal sealed class FreshSignIn(AuthenticationStateProvider authentication, IServiceScopeFactory scopes, TimeProvider time) : IFreshSignIn
{
    /// <summary>Claim with the moment of the password, in seconds since 1970.</summary>
    public const string Claim = "auth_time";

    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(10);
    private DateTimeOffset? _confirmedAt;

    public static Claim Now(TimeProvider time) => new(Claim, time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));

    public async ValueTask<bool> IsFreshAsync()
    {
        var user = (await authentication.GetAuthenticationStateAsync()).User;
        var signedIn = long.TryParse(user.FindFirstValue(Claim), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? DateTimeOffset.FromUnixTimeSeconds(seconds) : (DateTimeOffset?)null;
        return IsRecent(_confirmedAt) || IsRecent(signedIn);
    }

    public async Task<bool> ConfirmAsync(string password, CancellationToken cancellationToken)
    {
        var principal = (await authentication.GetAuthenticationStateAsync()).User;
        await using var scope = scopes.CreateAsyncScope();
        var signIn = scope.ServiceProvider.GetRequiredService<SignInManager<LighthouseUser>>();
        var user = await signIn.UserManager.GetUserAsync(principal);
        if (user is not { Disabled: false } || !(await signIn.CheckPasswordSignInAsync(user, password, lockoutOnFailure: true)).Succeeded)
        {
            return false;
        }

        _confirmedAt = time.GetUtcNow();
        return true;
    }

    private bool IsRecent(DateTimeOffset? at) => at is { } moment && time.GetUtcNow() - moment < Lasts;
}
