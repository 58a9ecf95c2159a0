namespace Lighthouse.Engine.Telemetry.Frames;

/// <summary>
/// What one series counted in one step of time, immutable. An hour of dense histograms would be gigabytes, so a frame holds only the
/// buckets that were hit, as pairs of gap and count in variable-length bytes: two to three bytes a bucket.
/// </summary>
internal sealed class Frame
{
    private readonly byte[] _buckets;

    private Frame(byte[] buckets, long[] outcomes)
    {
        _buckets = buckets;
        Outcomes = outcomes;
        Count = outcomes.Sum();
    }

    public long Count { get; }

    /// <summary>Counts per outcome, as the series numbers them.</summary>
    public long[] Outcomes { get; }

    public int Bytes => _buckets.Length;

    /// <summary>Null where nothing was counted.</summary>
    public static Frame? From(ReadOnlySpan<long> buckets, ReadOnlySpan<long> outcomes)
    {
        if (outcomes.IndexOfAnyExcept(0) < 0)
        {
            return null;
        }

        var writer = new FrameWriter();
        for (var i = 0; i < buckets.Length; i++)
        {
            if (buckets[i] > 0)
            {
                writer.Add(i, buckets[i]);
            }
        }

        return new Frame(writer.ToArray(), outcomes.ToArray());
    }

    /// <summary>Adds every bucket's count, times the sign, to the same bucket there.</summary>
    public void AddTo(Span<long> buckets, int sign)
    {
        var reader = new FrameReader(_buckets);
        while (reader.Next(out var bucket, out var count))
        {
            buckets[bucket] += sign * count;
        }
    }
}
