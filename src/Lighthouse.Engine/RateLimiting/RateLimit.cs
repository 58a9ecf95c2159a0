namespace Lighthouse.Engine.RateLimiting;

/// <summary>So many a minute over time, and so many at once after a pause.</summary>
internal readonly record struct RateLimit(int PerMinute, int Burst)
{
    /// <summary>The default burst never exceeds a minute's worth: a limit of 5 a minute lets 5 through at once, not 100.</summary>
    public static RateLimit Of(int perMinute, int? burst = null) =>
        new(perMinute, burst ?? Math.Min(perMinute, Math.Max(100, perMinute / 6)));

    /// <summary>The largest batch: one that takes longer than a minute to earn is refused for good and has to be split.</summary>
    public int LargestBatch => Math.Max(PerMinute, Burst);
}
