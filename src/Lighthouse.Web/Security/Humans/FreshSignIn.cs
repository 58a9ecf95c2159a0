using System.Globalization;
using Lighthouse.Web.Ui;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Identity;

namespace Lighthouse.Web.Security.Humans;

/// <summary>
/// A recent password, before a dangerous answer: given at sign-in within the last ten minutes, or again in this circuit. A proof given
/// in a circuit reaches no other; a copied session cookie is worth it only while its sign-in is that young (threat model, sessions).
/// </summary>
internal sealed class FreshSignIn(AuthenticationStateProvider authentication, IServiceScopeFactory scopes, TimeProvider time) : IFreshSignIn
{
    public static TimeSpan Lasts { get; } = TimeSpan.FromMinutes(10);

    private (string UserId, long At)? _proof;

    public async ValueTask<bool> IsFreshAsync() =>
        (_proof is { } proof && proof.UserId == await UserIdAsync() && time.GetElapsedTime(proof.At) < Lasts) || await HasJustSignedInAsync();

    public async Task<bool> ConfirmAsync(string password, CancellationToken cancellationToken)
    {
        _proof = null;
        if (await UserIdAsync() is not { } id || password.Length > PasswordRules.Longest)
        {
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

        await scope.ServiceProvider.GetRequiredService<HumanRecords>().SignedInAsync(user, "confirmed", cancellationToken);
        _proof = (id, time.GetTimestamp());
        return true;
    }

    private async Task<bool> HasJustSignedInAsync()
    {
        var user = (await authentication.GetAuthenticationStateAsync()).User;
        return user.HasClaim(HumanSignIn.HowClaim, "password")
            && long.TryParse(user.FindFirst(HumanSignIn.SinceClaim)?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var since)
            && time.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(since) < Lasts;
    }

    private async Task<string?> UserIdAsync() => (await authentication.GetAuthenticationStateAsync()).User.FindCaller()?.Id;
}
