using Lighthouse.Contracts;
using Lighthouse.Engine.Telemetry.Contracts;

namespace Lighthouse.Web.Tests.Fakes;

internal sealed class FakeFigures(TimeProvider time) : IFigures
{
    public List<ComponentFigures> ComponentList { get; } = [];
    public List<TierFigures> TierList { get; } = [];
    public VerdictMix Mix { get; set; } = new(0, 0, 0);
    public Func<string, TimeSpan, TimeSpan, IReadOnlyList<SeriesPoint>> SeriesSource { get; set; } = (_, _, _) => [];

    public Func<string, TimeSpan, TimeSpan, IReadOnlyList<TierPoint>> TierSource { get; set; } = (_, _, _) => [];

    public DateTimeOffset AsOf => time.GetUtcNow();
    public IReadOnlyList<ComponentFigures> Components() => ComponentList;
    public IReadOnlyList<TierFigures> Tiers() => TierList;
    public VerdictMix Verdicts(string window) => Mix;
    public IReadOnlyList<SeriesPoint> Series(string component, TimeSpan span, TimeSpan step) => SeriesSource(component, span, step);
    public IReadOnlyList<TierPoint> TierSeries(string tier, TimeSpan span, TimeSpan step) => TierSource(tier, span, step);
}
