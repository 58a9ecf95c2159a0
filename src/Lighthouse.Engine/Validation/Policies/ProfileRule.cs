using Lighthouse.Contracts;
using Lighthouse.Engine.Validation.Contracts;

namespace Lighthouse.Engine.Validation.Policies;

/// <summary>A rule as it is written in <c>profiles.json</c>. What is left out fits anything.</summary>
internal sealed record ProfileRule
{
    public required string Id { get; init; }
    public required Verdict Verdict { get; init; }
    public IReadOnlyList<string>? Effects { get; init; }
    public IReadOnlyList<string>? Places { get; init; }
    public Risk? Risk { get; init; }
    public Risk? RiskAtMost { get; init; }
    public string? Because { get; init; }

    public bool Matches(string effect, string place, Risk risk) =>
        (Effects is null || Effects.Contains(effect))
        && (Places is null || Places.Contains(place))
        && (Risk is null || risk == Risk)
        && (RiskAtMost is null || risk <= RiskAtMost);

    public ProfileRuleSummary Summary() => new(Id, Verdict, Effects ?? [], Places ?? [], Risk, RiskAtMost, Because ?? "");
}
