namespace Lighthouse.Engine.RateLimiting;

internal static class RetryAfter
{
    /// <summary>Whole seconds, rounded up, as the HTTP header has no finer unit; at least one.</summary>
    public static TimeSpan FromTicks(long ticks, TimeProvider time) =>
        TimeSpan.FromSeconds(Math.Max(1, Math.Ceiling((double)ticks / time.TimestampFrequency)));
}
