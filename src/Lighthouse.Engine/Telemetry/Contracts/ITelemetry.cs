using Lighthouse.Contracts;

namespace Lighthouse.Engine.Telemetry.Contracts;

/// <summary>Records one component. Never blocks, never allocates, costs less than a microsecond.</summary>
public interface IComponentRecorder
{
    /// <param name="elapsed">In ticks of <see cref="TimeProvider.TimestampFrequency"/>.</param>
    void Record(long elapsed, bool error = false);
}

public enum TierOutcome { Hit, Miss, Failed }

/// <summary>Records one tier: a hit answered, a miss abstained.</summary>
public interface ITierRecorder
{
    /// <param name="elapsed">In ticks of <see cref="TimeProvider.TimestampFrequency"/>.</param>
    void Record(long elapsed, TierOutcome outcome);
}

public interface ITelemetry
{
    /// <param name="component">One of <see cref="ComponentNames"/>; anything else throws <see cref="ArgumentException"/>.</param>
    IComponentRecorder Component(string component);

    /// <param name="tier"><c>memory</c>, <c>redis</c>, <c>policy</c>, <c>pattern</c>, <c>expert</c>.</param>
    ITierRecorder Tier(string tier);

    /// <summary>A decision of the validation engine: its duration and its verdict, in one count.</summary>
    /// <param name="elapsed">In ticks of <see cref="TimeProvider.TimestampFrequency"/>.</param>
    void Decided(long elapsed, Verdict verdict);
}

/// <summary>Reads the live figures; every figure comes from one snapshot of merged one-second frames.</summary>
public interface IFigures
{
    IReadOnlyList<ComponentFigures> Components();
    IReadOnlyList<TierFigures> Tiers();

    /// <param name="window"><c>10s</c>, <c>1m</c>, <c>5m</c> or <c>1h</c>.</param>
    VerdictMix Verdicts(string window);

    /// <summary>Points for a chart, oldest first: one per <paramref name="step"/>, over <paramref name="span"/>; a step without measurements has null percentiles.</summary>
    IReadOnlyList<SeriesPoint> Series(string component, TimeSpan span, TimeSpan step);

    /// <summary>The same for a tier: what it answered and passed on in each step.</summary>
    IReadOnlyList<TierPoint> TierSeries(string tier, TimeSpan span, TimeSpan step);

    /// <summary>When the last frame was closed.</summary>
    DateTimeOffset AsOf { get; }
}

public sealed record VerdictMix(long Allow, long Escalate, long Deny)
{
    public long Total => Allow + Escalate + Deny;
}

public sealed record SeriesPoint(DateTimeOffset At, long Count, double? P50Ms, double? P95Ms, double? P99Ms, long Errors);

/// <param name="Hits">Answered.</param>
/// <param name="Misses">Passed on.</param>
public sealed record TierPoint(DateTimeOffset At, long Hits, long Misses, long Failed)
{
    /// <summary>0 to 1; null while nothing was asked.</summary>
    public double? HitRatio => Hits + Misses == 0 ? null : (double)Hits / (Hits + Misses);
}
