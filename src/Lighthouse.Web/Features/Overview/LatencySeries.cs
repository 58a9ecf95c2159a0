using Lighthouse.Engine.Telemetry.Contracts;

namespace Lighthouse.Web.Features.Overview;

/// <summary>How much time a chart shows for a window of figures, and the points as they travel to it.</summary>
internal static class LatencySeries
{
    public static readonly string[] Names = ["P50", "P95", "P99"];

    public static (TimeSpan Span, TimeSpan Step) Grain(string window) => window switch
    {
        "10s" or "1m" => (TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(5)),
        "5m" => (TimeSpan.FromMinutes(15), TimeSpan.FromSeconds(15)),
        _ => (TimeSpan.FromHours(1), TimeSpan.FromMinutes(1)),
    };

    public static string SpanWord(string window) => window switch { "10s" or "1m" => "5 min", "5m" => "15 min", _ => "hour" };

    public static bool Measured(IReadOnlyList<SeriesPoint> points) => points.Any(point => point.Count > 0);

    /// <summary>Rows of Unix milliseconds, P50, P95, P99: small on the wire, and a gap stays null.</summary>
    public static double?[][] ForChart(IReadOnlyList<SeriesPoint> points) =>
        [.. points.Select(point => new[] { point.At.ToUnixTimeMilliseconds(), Round(point.P50Ms), Round(point.P95Ms), Round(point.P99Ms) })];

    private static double? Round(double? value) => value is { } number ? Math.Round(number, 5) : null;
}
