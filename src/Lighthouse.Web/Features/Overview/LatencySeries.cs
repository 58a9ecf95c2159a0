using Lighthouse.Engine.Telemetry.Contracts;

namespace Lighthouse.Web.Features.Overview;

/// <summary>The points of the chart as they travel to it.</summary>
internal static class LatencySeries
{
    public static readonly string[] Names = ["P50", "P95", "P99"];

    public static bool Measured(IReadOnlyList<SeriesPoint> points) => points.Any(point => point.Count > 0);

    /// <summary>Rows of Unix milliseconds, P50, P95, P99: small on the wire, and a gap stays null.</summary>
    public static double?[][] ForChart(IReadOnlyList<SeriesPoint> points) =>
        [.. points.Select(point => new[] { point.At.ToUnixTimeMilliseconds(), Round(point.P50Ms), Round(point.P95Ms), Round(point.P99Ms) })];

    private static double? Round(double? value) => value is { } number ? Math.Round(number, 5) : null;
}
