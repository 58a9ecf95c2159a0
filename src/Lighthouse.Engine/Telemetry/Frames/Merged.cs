using Lighthouse.Engine.Telemetry.Recording;

namespace Lighthouse.Engine.Telemetry.Frames;

/// <summary>The sum of frames: percentiles come from here and are never averaged.</summary>
internal sealed class Merged(int buckets, int outcomes)
{
    private readonly long[] _buckets = new long[buckets];
    private readonly long[] _outcomes = new long[outcomes];

    public long Count { get; private set; }
    public ReadOnlySpan<long> Buckets => _buckets;
    public ReadOnlySpan<long> Outcomes => _outcomes;

    public void Add(Frame? frame, int sign = 1)
    {
        if (frame is null)
        {
            return;
        }

        frame.AddTo(_buckets, sign);
        for (var i = 0; i < _outcomes.Length; i++)
        {
            _outcomes[i] += sign * frame.Outcomes[i];
        }

        Count += sign * frame.Count;
    }

    public void Clear()
    {
        Array.Clear(_buckets);
        Array.Clear(_outcomes);
        Count = 0;
    }

    public Frame? ToFrame() => Frame.From(_buckets, _outcomes);

    /// <summary>Nearest rank; the middle of the bucket that the rank falls into. Only where <see cref="Count"/> is not zero.</summary>
    public Percentiles Percentiles()
    {
        Span<long> ranks = [Rank(0.50), Rank(0.95), Rank(0.99), Count];
        Span<double> values = stackalloc double[ranks.Length];
        long seen = 0;
        var next = 0;
        for (var i = 0; next < ranks.Length && i < _buckets.Length; i++)
        {
            seen += _buckets[i];
            while (next < ranks.Length && seen >= ranks[next])
            {
                values[next++] = DurationBuckets.MiddleMilliseconds(i);
            }
        }

        return new Percentiles(values[0], values[1], values[2], values[3]);
    }

    private long Rank(double quantile) => Math.Max(1, (long)Math.Ceiling((quantile * Count) - 1e-6));
}

internal readonly record struct Percentiles(double P50, double P95, double P99, double Max);
