using Lighthouse.Contracts;
using Lighthouse.Engine.Validation.Contracts;

namespace Lighthouse.Web.Features.Decisions;

/// <summary>What the address asks of the log. Words that are not understood ask for nothing.</summary>
public sealed record DecisionFilter(string? Text, string? Verdict, string? Tier, string? Agent)
{
    public bool IsEmpty => Text is null && Verdict is null && Tier is null && Agent is null;

    public static DecisionFilter Of(string? text, string? verdict, string? tier, string? agent) =>
        new(Blank(text), Blank(verdict), Blank(tier), Blank(agent));

    public DecisionQuery Query(long? before, int limit) => new(
        Text,
        Enum.TryParse<Verdict>(Verdict, ignoreCase: true, out var verdict) ? verdict : null,
        Agent,
        Enum.TryParse<DecisionTier>(Tier?.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var tier) ? tier : null,
        before,
        limit);

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
