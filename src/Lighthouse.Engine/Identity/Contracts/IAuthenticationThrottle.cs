namespace Lighthouse.Engine.Identity.Contracts;

/// <summary>What is guessed at; each kind is limited for itself, so that a program with a wrong key does not lock the humans of its host out.</summary>
public enum GuessedSecret
{
    /// <summary>At the sign-in page, by address.</summary>
    Password,

    /// <summary>API keys, by address.</summary>
    Key,

    /// <summary>The password again by somebody who is signed in, by user.</summary>
    PasswordAgain,
}

/// <summary>
/// Limits failed authentications. Passwords: take the permit before checking one, so that guesses side by side get no further than guesses in
/// turn. API keys: check the key first and take a permit only for a wrong one, so that a neighbour behind the same address cannot lock a valid
/// key out.
/// </summary>
public interface IAuthenticationThrottle
{
    /// <param name="from">The address as the connection says it (an unknown one counts as one of its own), or the user.</param>
    /// <param name="retryAfter">When to come back, at least one second; zero when there was a permit.</param>
    bool TryAttempt(GuessedSecret secret, string? from, out TimeSpan retryAfter);

    /// <summary>It was right: the attempt is not counted.</summary>
    void Succeeded(GuessedSecret secret, string? from);
}
