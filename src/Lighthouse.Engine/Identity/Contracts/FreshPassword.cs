using Lighthouse.Contracts;

namespace Lighthouse.Engine.Identity.Contracts;

/// <param name="Here">Given again on the open page itself, not with the sign-in: a copied session cookie brings the sign-in along, but never this.</param>
public sealed record PasswordProof(DateTimeOffset At, bool Here);

/// <summary>
/// What asks a human for the password again. Sessions are copied and screens are left unlocked; so the engine itself refuses, whatever a page
/// has asked before. A key proves itself with every call, so nothing more is asked of it.
/// </summary>
public static class FreshPassword
{
    public static TimeSpan Lasts { get; } = TimeSpan.FromMinutes(10);

    /// <summary>True for a password given lately, at sign-in or since.</summary>
    public static bool IsFresh(PasswordProof? proof, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        // A clock that was set back makes no old proof young.
        return proof is not null && time.GetUtcNow() - proof.At is var age && age >= TimeSpan.Zero && age < Lasts;
    }

    /// <exception cref="LighthouseException"><c>fresh_sign_in_required</c>: a human whose password was not given lately.</exception>
    public static void Require(Caller caller, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Kind == CallerKind.Human && !IsFresh(caller.Proof, time))
        {
            throw Required();
        }
    }

    /// <exception cref="LighthouseException"><c>fresh_sign_in_required</c>: a human whose password was not given again lately; the sign-in does not count.</exception>
    public static void RequireHere(Caller caller, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Kind == CallerKind.Human && !(caller.Proof is { Here: true } proof && IsFresh(proof, time)))
        {
            throw Required();
        }
    }

    private static LighthouseException Required() => new(ErrorCodes.FreshSignInRequired, "This needs your password again; nothing was done.");
}
