namespace Lighthouse.Engine.Identity.Contracts;

/// <summary>
/// Limits failed authentications per remote address. Passwords: ask <see cref="IsBlocked"/> before checking one. API keys: check the key
/// first and ask only when it is wrong, so that a neighbour behind the same address cannot lock a valid key out.
/// </summary>
public interface IAuthenticationThrottle
{
    /// <param name="remoteAddress">As the connection says it; an unknown one counts as one address of its own.</param>
    /// <param name="retryAfter">When to come back, at least one second; zero when not blocked.</param>
    bool IsBlocked(string? remoteAddress, out TimeSpan retryAfter);

    void Failed(string? remoteAddress);
}
