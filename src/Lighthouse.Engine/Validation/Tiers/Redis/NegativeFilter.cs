using Lighthouse.Engine.Validation.Coherence;
using Lighthouse.Engine.Validation.Redis;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Lighthouse.Engine.Validation.Tiers.Redis;

/// <summary>
/// Says for sure that an entry is not in Redis, so that nobody has to ask. One filter for all nodes, kept in Redis itself, one string of bits for
/// each hour in which entries expire. A node reads it before it confirms the generation, and asks it only while confirmed; a writer announces
/// an entry here, waits until every node that is still confirmed has read the announcement, and only then writes. So it cannot hide what another node wrote.
/// </summary>
internal sealed class NegativeFilter(IOptions<RedisOptions> options, TimeProvider time) : ISharedRead
{
    private static readonly long Hour = (long)TimeSpan.FromHours(1).TotalSeconds;

    private volatile Copy _copy = new(null, -1, 0, []);
    private long _saved;

    public long Saved => Volatile.Read(ref _saved);

    public static long HourOf(DateTimeOffset expiresAt) => expiresAt.ToUnixTimeSeconds() / Hour;

    public RedisKey NameOf(string incarnation, long hour) => $"{options.Value.Prefix}:filter:{incarnation}:{hour}";

    /// <summary>The incarnation that the copy was read under.</summary>
    public string? Incarnation => _copy.Incarnation;

    /// <summary>Only while the generation is confirmed does "no" mean no.</summary>
    public bool MayContain(in EntryKey key)
    {
        Span<int> positions = stackalloc int[FilterBits.Hashes];
        FilterBits.Positions(key, positions);
        foreach (var bits in _copy.Bits)
        {
            if (FilterBits.Contains(bits, positions))
            {
                return true;
            }
        }

        Interlocked.Increment(ref _saved);
        return false;
    }

    public bool IsAnnounced(in EntryKey key, DateTimeOffset expiresAt)
    {
        Span<int> positions = stackalloc int[FilterBits.Hashes];
        FilterBits.Positions(key, positions);
        var copy = _copy;
        var index = HourOf(expiresAt) - copy.FirstHour;
        return index >= 0 && index < copy.Bits.Length && FilterBits.Contains(copy.Bits[index], positions);
    }

    public (long Items, double FalsePositiveRate) Filling()
    {
        var fills = _copy.Bits.Select(static bits => FilterBits.Fill(bits)).ToArray();
        return (fills.Sum(FilterBits.Estimate), 1 - fills.Aggregate(1.0, static (none, fill) => none * (1 - Math.Pow(fill, FilterBits.Hashes))));
    }

    public async ValueTask ReadAsync(IDatabase database, EpochReading reading, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var (first, last) = (HourOf(now), HourOf(now.AddSeconds(options.Value.TimeToLiveSeconds) + ValueSeal.ClockTolerance));
        var copy = _copy;
        if (copy.Incarnation == reading.Incarnation && copy.Announced == reading.Announced && copy.FirstHour == first && copy.Bits.Length == last - first + 1)
        {
            return;
        }

        // Read after the count, so it holds at least every announcement that the count stands for.
        var reads = new Task<RedisValue>[last - first + 1];
        for (var i = 0; i < reads.Length; i++)
        {
            // A range: nobody can make this node swallow more than a filter's size.
            reads[i] = database.StringGetRangeAsync(NameOf(reading.Incarnation!, first + i), 0, (FilterBits.Bits / 8) - 1, CommandFlags.DemandMaster);
        }

        var bits = await Task.WhenAll(reads);
        _copy = new Copy(reading.Incarnation, reading.Announced, first, [.. bits.Select(static one => Padded(one))]);
    }

    private static byte[] Padded(RedisValue value)
    {
        var bits = new byte[FilterBits.Bits / 8];
        ((ReadOnlyMemory<byte>)value).Span.CopyTo(bits);
        return bits;
    }

    private sealed record Copy(string? Incarnation, long Announced, long FirstHour, byte[][] Bits);
}
