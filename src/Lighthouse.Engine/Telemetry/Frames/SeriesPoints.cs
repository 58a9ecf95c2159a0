using Lighthouse.Engine.Telemetry.Contracts;
using Lighthouse.Engine.Telemetry.Recording;

namespace Lighthouse.Engine.Telemetry.Frames;

/// <summary>
/// Chart points of one component: whole steps of clock time, so that a point never changes once it is shown. What one page asked for is
/// kept until the next step ends, since every open page asks for the same.
/// </summary>
internal sealed class SeriesPoints(SeriesHistory history)
{
    private const int KeptQuestions = 16;

    private readonly Dictionary<(int Span, int Step), (long End, IReadOnlyList<SeriesPoint> Points)> _answers = [];

    /// <param name="now">The second after the last closed one.</param>
    public IReadOnlyList<SeriesPoint> Read(int span, int step, long now)
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

    private SeriesPoint[] Compute(long end, int count, int step)
    {
        var points = new SeriesPoint[count];
        var sum = history.NewSum();
        for (var i = 0; i < count; i++)
        {
            var from = end - ((long)(count - i) * step);
            sum.Clear();
            history.AddTo(sum, from, step);
            points[i] = Point(DateTimeOffset.FromUnixTimeSeconds(from), sum);
        }

        return points;
    }

    private static SeriesPoint Point(DateTimeOffset at, Merged sum)
    {
        if (sum.Count == 0)
        {
            return new SeriesPoint(at, 0, null, null, null, 0);
        }

        var values = sum.Percentiles();
        return new SeriesPoint(at, sum.Count, values.P50, values.P95, values.P99, sum.Outcomes[ComponentRecorder.Failed]);
    }
}
