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
internal sealed class FreshSignIn(AuthenticationStateProvider authentication, IServiceScopeFactory scopes, TimeProvider time) : IFreshSignIn
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

    public async Task<PasswordAnswer> ConfirmAsync(string password, CancellationToken cancellationToken)
    {
        _given = null;
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        if (await UserIdAsync() is not { } id || await services.GetRequiredService<UserManager<LighthouseUser>>().FindByIdAsync(id) is not { } user)
        {
            return new PasswordAnswer(PasswordCheck.Unavailable);
        }

        var answer = await services.GetRequiredService<PasswordAgain>().CheckAsync(user, password);
        if (answer.IsRight)
        {
            await services.GetRequiredService<HumanRecords>().SignedInAsync(user, "confirmed", cancellationToken);
            _given = (id, time.GetUtcNow());
        }

        return answer;
    }

    private async Task<string?> UserIdAsync() => (await authentication.GetAuthenticationStateAsync()).User.FindCaller()?.Id;
}
