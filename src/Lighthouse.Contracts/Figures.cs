namespace Lighthouse.Contracts;

/// <summary>Live figures of one component. No windows: never measured.</summary>
public sealed record ComponentFigures(string Component, IReadOnlyList<WindowFigures> Windows);

/// <param name="Window"><c>10s</c>, <c>1m</c>, <c>5m</c> or <c>1h</c>.</param>
/// <param name="ErrorRatio">0 to 1.</param>
public sealed record WindowFigures(
    string Window, long Count, double RatePerSecond, double P50Ms, double P95Ms, double P99Ms, double MaxMs, double ErrorRatio);

public sealed record TierFigures(string Tier, IReadOnlyList<TierWindowFigures> Windows);

/// <param name="HitRatio">Hits over hits and misses, 0 to 1; absent while the tier was not asked.</param>
public sealed record TierWindowFigures(
    string Window, long Count, double RatePerSecond, double P50Ms, double P95Ms, double P99Ms, double MaxMs, double ErrorRatio,
    long Hits, long Misses, double? HitRatio);
