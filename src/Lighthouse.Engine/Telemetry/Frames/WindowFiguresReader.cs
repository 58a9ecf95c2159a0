using Lighthouse.Contracts;
using Lighthouse.Engine.Telemetry.Contracts;
using Lighthouse.Engine.Telemetry.Recording;

namespace Lighthouse.Engine.Telemetry.Frames;

/// <summary>Windows of one series as the contract shows them. A window without measurements has no percentiles, so it is left out.</summary>
internal static class WindowFiguresReader
{
    /// <param name="observed">Seconds since recording began: a young process has no hour to divide by.</param>
    public static List<WindowFigures> Component(SeriesHistory history, long observed) =>
        Measured(history, observed, static (name, rate, window, at) => new WindowFigures(
            name, window.Count, rate, at.P50, at.P95, at.P99, at.Max, Ratio(window.Outcomes[ComponentRecorder.Failed], window.Count)));

    public static List<TierWindowFigures> Tier(SeriesHistory history, long observed) =>
        Measured(history, observed, static (name, rate, window, at) =>
        {
            var hits = window.Outcomes[(int)TierOutcome.Hit];
            var misses = window.Outcomes[(int)TierOutcome.Miss];
            return new TierWindowFigures(
                name, window.Count, rate, at.P50, at.P95, at.P99, at.Max, Ratio(window.Outcomes[(int)TierOutcome.Failed], window.Count),
                hits, misses, hits + misses == 0 ? null : Ratio(hits, hits + misses));
        });

    private static List<T> Measured<T>(SeriesHistory history, long observed, Func<string, double, Merged, Percentiles, T> figures)
    {
        var all = new List<T>(Windows.All.Length);
        for (var i = 0; i < Windows.All.Length; i++)
        {
            var (name, seconds) = Windows.All[i];
            var window = history.Window(i);
            if (window.Count > 0)
            {
                all.Add(figures(name, (double)window.Count / Math.Min(seconds, observed), window, window.Percentiles()));
            }
        }

        return all;
    }

    private static double Ratio(long part, long whole) => (double)part / whole;
}
