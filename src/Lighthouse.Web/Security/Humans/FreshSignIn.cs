using System.Globalization;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Web.Ui;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Identity;

namespace Lighthouse.Web.Security.Humans;

/// <summary>
/// A recent password, before a dangerous answer: given at sign-in within the last ten minutes, or again in this circuit. A proof given
/// in a circuit reaches no other; a copied session cookie is worth it only while its sign-in is that young (threat model, sessions).
/// </summary>
internal sealed class FreshSignIn(
    AuthenticationStateProvider authentication, IServiceScopeFactory scopes, IAuthenticationThrottle throttle, TimeProvider time, ILogger<FreshSignIn> log) : IFreshSignIn
{
    private (string UserId, DateTimeOffset At)? _given;

    public async ValueTask<bool> IsFreshAsync() => FreshPassword.IsFresh(await ProofAsync(), time);

    public async ValueTask<PasswordProof?> ProofAsync()
    {
        var user = (await authentication.GetAuthenticationStateAsync()).User;
        return _given is { } given && given.UserId == user.FindCaller()?.Id ? new PasswordProof(given.At, Here: true)
            : user.HasClaim(HumanSignIn.HowClaim, "password")
                && long.TryParse(user.FindFirst(HumanSignIn.SinceClaim)?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var since)
                ? new PasswordProof(DateTimeOffset.FromUnixTimeSeconds(since), Here: false)
            : null;
    }

    public async Task<bool> ConfirmAsync(string password, CancellationToken cancellationToken)
    {
        _given = null;
        if (await UserIdAsync() is not { } id || password.Length > PasswordRules.Longest)
        {
            return false;
        }

        // Before the check: of many guesses at once the account's own lock sees only some.
        if (!throttle.TryAttempt(GuessedSecret.PasswordAgain, id, out _))
        {
            log.ConfirmationThrottled(id);
            return false;
        }

        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<LighthouseUser>>();
        var sessions = scope.ServiceProvider.GetRequiredService<SignInManager<LighthouseUser>>();
        if (await users.FindByIdAsync(id) is not { PasswordHash: not null } user
            || !(await sessions.CheckPasswordSignInAsync(user, password, lockoutOnFailure: true)).Succeeded)
        {
            return false;
        }

        throttle.Succeeded(GuessedSecret.PasswordAgain, id);
        await scope.ServiceProvider.GetRequiredService<HumanRecords>().SignedInAsync(user, "confirmed", cancellationToken);
        _given = (id, time.GetUtcNow());
        return true;
    }

    private async Task<string?> UserIdAsync() => (await authentication.GetAuthenticationStateAsync()).User.FindCaller()?.Id;
}
