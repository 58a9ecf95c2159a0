using Lighthouse.Engine.Telemetry.Contracts;
using Lighthouse.Engine.Validation.Contracts;
using Lighthouse.Web.Ui;

namespace Lighthouse.Web.Features.SpeedLayer;

/// <summary>One reading of everything about speed.</summary>
public sealed class SpeedViewModel(ISpeedLayer layer, IFigures figures)
{
    public const int MostEntries = 200;

    public string Window { get; private set; } = FigureWindows.Default;
    public IReadOnlyList<TierStep> Steps { get; private set; } = [];
    public SpeedSummary Summary { get; private set; } = new(SpeedLevel.Unknown, "Reading the state");
    public CoherenceState Coherence { get; private set; } = new(false, "", true, null, 0, null, 0, 0, []);
    public RedisState? Redis { get; private set; }
    public IReadOnlyList<RememberedEntry> Entries { get; private set; } = [];
    public IReadOnlyList<HitRatioLine> HitRatios { get; private set; } = [];
    public long Unanswered => TierStep.Unanswered(Steps);

    /// <summary>True while somebody reads the list of entries: it must not move under the pointer.</summary>
    public bool HoldEntries { get; set; }

    public void ShowWindow(string? window)
    {
        Window = FigureWindows.Of(window);
        Refresh();
    }

    public void Refresh()
    {
        var states = layer.Tiers();
        Steps = TierStep.Of(states, figures.Tiers(), Window);
        Coherence = layer.Coherence();
        Redis = layer.Redis();
        Summary = SpeedSummary.Of(Steps, Coherence, Redis);
        var (span, step) = FigureWindows.Grain(Window);
        HitRatios = [.. states.Where(state => state.Holdings is not null).Select(state => new HitRatioLine(state.Tier, figures.TierSeries(state.Tier, span, step)))];
        if (!HoldEntries)
        {
            Entries = layer.MostUsed(MostEntries);
        }
    }
}

/// <summary>How a remembering tier answered over time.</summary>
public sealed record HitRatioLine(string Tier, IReadOnlyList<TierPoint> Points)
{
    public bool Measured => Points.Any(point => point.HitRatio is not null);

    /// <summary>Rows of Unix milliseconds and a ratio for each tier.</summary>
    public static double?[][] ForChart(IReadOnlyList<HitRatioLine> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        return lines is [] ? [] : [.. lines[0].Points.Select((point, index) => (double?[])
            [point.At.ToUnixTimeMilliseconds(), .. lines.Select(line => line.Points[index].HitRatio is { } ratio ? Math.Round(ratio, 4) : (double?)null)])];
    }
}
