using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Web.Ui;
using Microsoft.AspNetCore.Identity;

namespace Lighthouse.Web.Security.Humans;

/// <summary>The password of somebody who is signed in, asked for again. They are told why it was not taken; a stranger at the sign-in page is not.</summary>
internal sealed class PasswordAgain(
    SignInManager<LighthouseUser> sessions, UserManager<LighthouseUser> users, IAuthenticationThrottle throttle, TimeProvider time, ILogger<PasswordAgain> log)
{
    public async Task<PasswordAnswer> CheckAsync(LighthouseUser user, string password)
    {
        if (user.PasswordHash is null)
        {
            return new PasswordAnswer(PasswordCheck.Unavailable);
        }

        // Before the check: of many guesses at once the account's own lock sees only some.
        if (!throttle.TryAttempt(GuessedSecret.PasswordAgain, user.Id, out var wait))
        {
            log.ConfirmationThrottled(user.Id);
            return new PasswordAnswer(PasswordCheck.TooMany, wait);
        }

        if (password.Length > PasswordRules.Longest)
        {
            return new PasswordAnswer(PasswordCheck.Wrong);
        }

        var result = await sessions.CheckPasswordSignInAsync(user, password, lockoutOnFailure: true);
        if (result.Succeeded)
        {
            throttle.Succeeded(GuessedSecret.PasswordAgain, user.Id);
            return new PasswordAnswer(PasswordCheck.Right);
        }

        return result.IsLockedOut ? new PasswordAnswer(PasswordCheck.Locked, await LockLeftAsync(user))
            : new PasswordAnswer(result.IsNotAllowed ? PasswordCheck.Unavailable : PasswordCheck.Wrong);
    }

    private async Task<TimeSpan> LockLeftAsync(LighthouseUser user)
    {
        var left = (await users.GetLockoutEndDateAsync(user) ?? time.GetUtcNow()) - time.GetUtcNow();
        return left > TimeSpan.FromSeconds(1) ? left : TimeSpan.FromSeconds(1);
    }
}
