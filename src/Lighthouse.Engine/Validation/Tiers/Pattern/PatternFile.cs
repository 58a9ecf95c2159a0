namespace Lighthouse.Engine.Validation.Tiers.Pattern;

/// <summary>The weights as they stand in <c>patterns.json</c>.</summary>
internal sealed record PatternFile(
    int Version, double Bias, double RaiseAt, double DenyAt, double AllowBelow, IReadOnlyList<PatternWeight> Patterns);

/// <param name="Id">Names the measure in <see cref="PatternMeasures"/>.</param>
/// <param name="Specialty">Who should look at it; null for a pattern that speaks for a request.</param>
/// <param name="Because">One short phrase in plain words.</param>
/// <param name="Shows">Commands that must show it; tests run them.</param>
/// <param name="Not">Commands that must not.</param>
internal sealed record PatternWeight(
    string Id, double Weight, string? Specialty, string Because, IReadOnlyList<string> Shows, IReadOnlyList<string> Not);
