namespace Lighthouse.Engine.RateLimiting;

/// <summary>
/// A token bucket kept as one number: when it will be full again. Taking moves that time forward, waiting does the refilling, and no timer
/// runs. Not TokenBucketRateLimiter: that one reads a clock of its own, allocates a lease per request and can never grant more than its burst.
/// </summary>
internal sealed class TokenBucket
{
    private const long Retired = long.MaxValue;

    private long _fullAt = long.MinValue;

    /// <summary>
    /// A batch larger than the burst is granted when the bucket is full and leaves a debt that must be earned before the next request: over any
    /// time no more than rate x time + the larger of burst and batch get through, and a batch of any size up to a minute's worth is possible.
    /// </summary>
    /// <param name="wait">Ticks until the same call would be granted; zero when it was.</param>
    public BucketAnswer TryTake(in BucketPace pace, long now, int permits, out long wait)
    {
        while (true)
        {
            var stored = Volatile.Read(ref _fullAt);
            if (stored == Retired)
            {
                wait = 0;
                return BucketAnswer.Retired;
            }

            var fullAt = Math.Max(stored, now);
            wait = fullAt + (Math.Min(permits, pace.Burst) * pace.TicksPerPermit) - now - pace.TicksPerBurst;
            if (wait > 0)
            {
                return BucketAnswer.Refused;
            }

            if (Interlocked.CompareExchange(ref _fullAt, fullAt + (permits * pace.TicksPerPermit), stored) == stored)
            {
                wait = 0;
                return BucketAnswer.Taken;
            }
        }
    }

    /// <summary>Gives back what was just taken and not used.</summary>
    public void Return(in BucketPace pace, int permits)
    {
        long stored;
        do
        {
            stored = Volatile.Read(ref _fullAt);
            if (stored == Retired)
            {
                // It was full again before this came back.
                return;
            }
        }
        while (Interlocked.CompareExchange(ref _fullAt, stored - (permits * pace.TicksPerPermit), stored) != stored);
    }

    /// <summary>A full bucket is as good as a new one and may be forgotten; from then on it grants nothing.</summary>
    public bool TryRetire(long now)
    {
        var stored = Volatile.Read(ref _fullAt);
        return stored == Retired || (stored <= now && Interlocked.CompareExchange(ref _fullAt, Retired, stored) == stored);
    }
}

internal enum BucketAnswer { Taken, Refused, Retired }

/// <summary>A rate limit in ticks of the clock.</summary>
internal readonly record struct BucketPace
{
    public BucketPace(RateLimit limit, TimeProvider time)
    {
        Burst = limit.Burst;
        TicksPerPermit = Math.Max(1, time.TimestampFrequency * 60 / limit.PerMinute);
        TicksPerBurst = TicksPerPermit * limit.Burst;
    }

    public int Burst { get; }
    public long TicksPerPermit { get; }
    public long TicksPerBurst { get; }
}
