using Lighthouse.Engine.Identity.Contracts;

namespace Lighthouse.Engine.RateLimiting.Contracts;

public interface IRequestLimiter
{
    /// <summary>Nothing is taken when refused.</summary>
    /// <param name="permits">A batch of N counts N.</param>
    /// <param name="retryAfter">When to come back, at least one second; zero when acquired.</param>
    /// <exception cref="Lighthouse.Contracts.LighthouseException"><c>batch_too_large</c>: more than the limit grants in a minute, so waiting would not help.</exception>
    bool TryAcquire(Caller caller, int permits, out TimeSpan retryAfter);
}
