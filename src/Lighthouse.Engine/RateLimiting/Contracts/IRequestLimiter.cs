using Lighthouse.Engine.Identity.Contracts;

namespace Lighthouse.Engine.RateLimiting.Contracts;

public interface IRequestLimiter
{
    /// <param name="permits">A batch of N counts N.</param>
    /// <param name="retryAfter">When to come back, at least one second; zero when acquired.</param>
    bool TryAcquire(Caller caller, int permits, out TimeSpan retryAfter);
}
