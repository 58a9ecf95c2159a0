using System.Collections.Concurrent;

namespace Lighthouse.Engine.RateLimiting;

/// <summary>
/// One bucket per key, at most so many. Full buckets are forgotten when room is needed, or once a minute while keys arrive. When all are in
/// use, further keys share one bucket: more keys never mean more requests.
/// </summary>
internal sealed class KeyedBuckets(RateLimit limit, int mostKeys, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, TokenBucket> _buckets = new(StringComparer.Ordinal);
    private readonly TokenBucket _shared = new();
    private readonly BucketPace _pace = new(limit, time);
    private readonly Lock _gate = new();
    private int _count;
    private long _sweptAt = time.GetTimestamp();

    public RateLimit Limit => limit;
    public int Count => Volatile.Read(ref _count);

    public bool TryTake(string key, long now, int permits, out long wait)
    {
        while (true)
        {
            switch (BucketOf(key, now).TryTake(_pace, now, permits, out wait))
            {
                case BucketAnswer.Taken:
                    return true;
                case BucketAnswer.Refused:
                    return false;
                default:
                    continue;
            }
        }
    }

    public void Return(string key, int permits)
    {
        if (_buckets.TryGetValue(key, out var bucket))
        {
            bucket.Return(_pace, permits);
        }
    }

    private TokenBucket BucketOf(string key, long now)
    {
        if (_buckets.TryGetValue(key, out var known))
        {
            return known;
        }

        lock (_gate)
        {
            if (_buckets.TryGetValue(key, out known))
            {
                return known;
            }

            var sinceSweep = now - _sweptAt;
            if (sinceSweep > 60 * time.TimestampFrequency || (_count >= mostKeys && sinceSweep > time.TimestampFrequency))
            {
                Sweep_NeedsLock(now);
            }

            if (_count >= mostKeys)
            {
                return _shared;
            }

            var bucket = new TokenBucket();
            _buckets[key] = bucket;
            _count++;
            return bucket;
        }
    }

    private void Sweep_NeedsLock(long now)
    {
        _sweptAt = now;
        foreach (var (key, bucket) in _buckets)
        {
            if (bucket.TryRetire(now))
            {
                _buckets.TryRemove(key, out _);
                _count--;
            }
        }
    }
}
