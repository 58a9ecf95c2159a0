using Lighthouse.Web.Ui;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Identity;

namespace Lighthouse.Web.Security.Humans;

/// <summary>
/// The password again, before a dangerous answer. A recent sign-in is not taken for it: cookies know no ports, so whatever else serves
/// pages on this host may hold a copy of the session. The proof stays in this circuit and reaches no other.
/// </summary>
internal sealed class FreshSignIn(AuthenticationStateProvider authentication, IServiceScopeFactory scopes, TimeProvider time) : IFreshSignIn
{
    public static TimeSpan Lasts { get; } = TimeSpan.FromMinutes(10);

    private (string UserId, long At)? _proof;

    public async ValueTask<bool> IsFreshAsync() =>
        _proof is { } proof && proof.UserId == await UserIdAsync() && time.GetElapsedTime(proof.At) < Lasts;

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

    private async Task<string?> UserIdAsync() => (await authentication.GetAuthenticationStateAsync()).User.FindCaller()?.Id;
}
