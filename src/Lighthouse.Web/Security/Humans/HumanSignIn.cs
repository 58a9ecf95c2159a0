using System.Globalization;
using System.Security.Claims;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Engine.Platform;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Lighthouse.Web.Security.Humans;

internal enum SignInOutcome { Done, Refused, Throttled }

internal enum PasswordOutcome { Saved, Stale, Different, Current, Wait, Weak, Changed }

/// <param name="Wait">When to come back, for <see cref="PasswordOutcome.Wait"/>.</param>
internal readonly record struct PasswordChange(PasswordOutcome Outcome, TimeSpan Wait = default);

/// <summary>The ways in for humans: a password, or a one-time link.</summary>
internal sealed class HumanSignIn(
    SignInManager<LighthouseUser> sessions, UserManager<LighthouseUser> users, HumanRecords records, HumanChanges changes, IOptions<LighthouseOptions> options,
    TimeProvider time, IAuthenticationThrottle throttle, PasswordAgain again, ILogger<HumanSignIn> log)
{
    public const string HowClaim = "lighthouse:how";
    public const string SinceClaim = "lighthouse:since";
    private const string Administrator = "admin";

    // For names that do not exist: their refusal takes as long as a wrong password, and says the same.
    private static readonly LighthouseUser Nobody = new() { UserName = "nobody" };
    private static readonly string NobodysHash = new PasswordHasher<LighthouseUser>().HashPassword(Nobody, Guid.NewGuid().ToString());

    /// <summary>How long a session that began with a link may set a password without the old one.</summary>
    private static readonly TimeSpan LinkCounts = TimeSpan.FromMinutes(15);

    public async Task<SignInOutcome> WithPasswordAsync(string name, string password, HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress?.ToString();
        // Taken before the password is looked at: guesses side by side get no further than guesses in turn.
        if (!throttle.TryAttempt(GuessedSecret.Password, address, out _))
        {
            return SignInOutcome.Throttled;
        }

        var user = password.Length > PasswordRules.Longest ? null : await users.FindByNameAsync(name);
        if (user?.PasswordHash is null)
        {
            users.PasswordHasher.VerifyHashedPassword(Nobody, NobodysHash, password);
        }
        else if (await sessions.CheckPasswordSignInAsync(user, password, lockoutOnFailure: true) is var result && result.Succeeded)
        {
            throttle.Succeeded(GuessedSecret.Password, address);
            await BeginAsync(user, "password", context.RequestAborted);
            return SignInOutcome.Done;
        }
        else
        {
            log.SignInRefused(user.UserName!, address ?? "unknown", result.IsLockedOut ? "locked out" : result.IsNotAllowed ? "disabled" : "wrong password");
        }

        return SignInOutcome.Refused;
    }

    /// <summary>Uses the link up. False: unknown, used, expired, or for somebody who is gone.</summary>
    public async Task<bool> WithLinkAsync(string token, HttpContext context)
    {
        if (SignInLinks.Consume(options.Value.DataDirectory, token, time) is not { } link)
        {
            // Not throttled: nobody guesses 256 random bits, and a stranger's tries must not close this door to its owner.
            return false;
        }

        var user = link.User is null ? await AdministratorAsync(context.RequestAborted) : await users.FindByNameAsync(link.User);
        if (user is null || user.Disabled)
        {
            return false;
        }

        // Whoever holds the link proved more than a password would: guesses of others do not keep them out.
        await users.SetLockoutEndDateAsync(user, null);
        await users.ResetAccessFailedCountAsync(user);
        await BeginAsync(user, "link", context.RequestAborted);
        return true;
    }

    public async Task EndAsync(ClaimsPrincipal principal)
    {
        await sessions.SignOutAsync();
        if (await users.GetUserAsync(principal) is { } user)
        {
            // A copied cookie ends with the session too, and so do this human's other sessions.
            await users.UpdateSecurityStampAsync(user);
            changes.Publish(user.Id);
        }
    }

    /// <summary>True when a new password needs no old one: there is none, or the session began with a link just now.</summary>
    public async Task<bool> MaySetFreelyAsync(ClaimsPrincipal principal) =>
        await users.GetUserAsync(principal) is { PasswordHash: null }
        || (principal.HasClaim(HowClaim, "link")
            && long.TryParse(principal.FindFirstValue(SinceClaim), NumberStyles.None, CultureInfo.InvariantCulture, out var since)
            && time.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(since) < LinkCounts);

    public async Task<PasswordChange> SetPasswordAsync(ClaimsPrincipal principal, string? current, string next, CancellationToken cancellationToken)
    {
        if (await users.GetUserAsync(principal) is not { } user)
        {
            return new(PasswordOutcome.Stale);
        }

        if (!await MaySetFreelyAsync(principal) && await again.CheckAsync(user, current ?? "") is { IsRight: false } answer)
        {
            return new(answer.Wait > TimeSpan.Zero ? PasswordOutcome.Wait : PasswordOutcome.Current, answer.Wait);
        }

        if (PasswordRules.Problem(next, user.UserName) is not null)
        {
            return new(PasswordOutcome.Weak);
        }

        await records.ChangedAsync("human:" + user.UserName, user, "password", roles: null, cancellationToken);
        user.PasswordHash = users.PasswordHasher.HashPassword(user, next);
        // The new stamp ends every other session, and saves the hash with it.
        if (!(await users.UpdateSecurityStampAsync(user)).Succeeded)
        {
            return new(PasswordOutcome.Changed);
        }

        changes.Publish(user.Id);
        await BeginAsync(user, "password", cancellationToken);
        return new(PasswordOutcome.Saved);
    }

    private async Task BeginAsync(LighthouseUser user, string how, CancellationToken cancellationToken)
    {
        await sessions.SignInWithClaimsAsync(user, isPersistent: false,
        [
            new Claim(HowClaim, how),
            new Claim(SinceClaim, time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
        ]);
        await records.SignedInAsync(user, how, cancellationToken);
    }

    /// <summary>Whom a link without a name is for. It comes from the host itself, so it also restores an admin who was disabled or demoted.</summary>
    private async Task<LighthouseUser> AdministratorAsync(CancellationToken cancellationToken)
    {
        var admins = await users.GetUsersInRoleAsync(Administrator);
        var user = await users.FindByNameAsync(Administrator)
            ?? admins.OrderBy(static one => one.CreatedAt).FirstOrDefault(static one => !one.Disabled);
        if (user is not null && !user.Disabled && admins.Any(one => one.Id == user.Id))
        {
            return user;
        }

        var change = user is null ? "created" : "enabled";
        user ??= new LighthouseUser { UserName = Administrator, CreatedAt = time.GetUtcNow() };
        await records.ChangedAsync("system:sign-in-link", user, change, [Administrator], cancellationToken);
        user.Disabled = false;
        Require(change == "created" ? await users.CreateAsync(user) : await users.UpdateAsync(user));
        if (!await users.IsInRoleAsync(user, Administrator))
        {
            Require(await users.AddToRoleAsync(user, Administrator));
        }

        return user;
    }

    private static void Require(IdentityResult result)
    {
        if (!result.Succeeded)
        {
            throw new DbUpdateException(string.Join(" ", result.Errors.Select(static error => error.Description)));
        }
    }
}
