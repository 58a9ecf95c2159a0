using Lighthouse.Contracts;
using Lighthouse.Engine.Telemetry.Contracts;

namespace Lighthouse.Web.Features.Overview;

/// <param name="Figures">Null: nothing was measured in the window.</param>
public sealed record ComponentLine(string Name, WindowFigures? Figures, IReadOnlyList<SeriesPoint> Recent)
{
    public bool Measured => Figures is { Count: > 0 };
    public IReadOnlyList<double?> Latency => [.. Recent.Select(point => point.P99Ms)];
    public IReadOnlyList<double?> Rate => [.. Recent.Select(point => (double?)point.Count)];
}
