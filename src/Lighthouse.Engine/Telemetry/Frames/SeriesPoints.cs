using Lighthouse.Engine.Telemetry.Contracts;
using Lighthouse.Engine.Telemetry.Recording;

namespace Lighthouse.Engine.Telemetry.Frames;

/// <summary>
/// Chart points of one measured thing: whole steps of clock time, so that a point never changes once it is shown. What one page asked for is
/// kept until the next step ends, since every open page asks for the same.
/// </summary>
internal sealed class SeriesPoints<TPoint>(SeriesHistory history, Func<DateTimeOffset, Merged, TPoint> read)
{
    private const int KeptQuestions = 16;

    private readonly Dictionary<(int Span, int Step), (long End, IReadOnlyList<TPoint> Points)> _answers = [];

    /// <param name="now">The second after the last closed one.</param>
    public IReadOnlyList<TPoint> Read(int span, int step, long now)
    {
        var end = now / step * step;
        if (_answers.TryGetValue((span, step), out var known) && known.End == end)
        {
            return known.Points;
        }

        if (_answers.Count >= KeptQuestions)
        {
            _answers.Clear();
        }

        var points = Compute(end, span / step, step);
        _answers[(span, step)] = (end, points);
        return points;
    }

    private TPoint[] Compute(long end, int count, int step)
    {
        var points = new TPoint[count];
        var sum = history.NewSum();
        for (var i = 0; i < count; i++)
        {
            var from = end - ((long)(count - i) * step);
            sum.Clear();
            history.AddTo(sum, from, step);
            points[i] = read(DateTimeOffset.FromUnixTimeSeconds(from), sum);
        }

        return points;
    }
}

/// <summary>What a step of a chart says about a component, and about a tier.</summary>
internal static class PointReader
{
    public static SeriesPoint Component(DateTimeOffset at, Merged sum)
    {
        if (sum.Count == 0)
        {
            return new SeriesPoint(at, 0, null, null, null, 0);
        }

        var values = sum.Percentiles();
        return new SeriesPoint(at, sum.Count, values.P50, values.P95, values.P99, sum.Outcomes[ComponentRecorder.Failed]);
    }

    public static TierPoint Tier(DateTimeOffset at, Merged sum) =>
        new(at, sum.Outcomes[(int)TierOutcome.Hit], sum.Outcomes[(int)TierOutcome.Miss], sum.Outcomes[(int)TierOutcome.Failed]);
}
