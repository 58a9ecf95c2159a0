using Lighthouse.Contracts;
using Lighthouse.Engine.Validation.Contracts;

namespace Lighthouse.Web.Features.SpeedLayer;

/// <summary>One step of the waterfall: what a tier answered in the window, and what reached the next one.</summary>
/// <param name="Before">Share of all decisions that were answered before this tier was reached, 0 to 1.</param>
/// <param name="Share">Share that it answered; null while nothing was measured, and for experts, who answer a question that a tier has asked.</param>
/// <param name="BudgetMs">P99 that the tier has to keep; null = an own service level.</param>
/// <param name="State">Null for a tier that is not in use, and for experts.</param>
public sealed record TierStep(string Tier, string What, TierWindowFigures? Figures, double Before, double? Share, double? BudgetMs, TierState? State)
{
    public bool InUse => State is not null || Tier == Expert;
    public bool OverBudget => Figures is { Count: > 0 } && BudgetMs is { } budget && Figures.P99Ms > budget;

    private const string Expert = "expert";
    private const string Redis = "redis";

    private static readonly (string Tier, string What, double? BudgetMs)[] Known =
    [
        ("memory", "what this process remembers", 1), (Redis, "what all nodes remember", 5), ("policy", "profile and policies", 5),
        ("pattern", "scored risk patterns", 10), (Expert, "people and expert agents, later", null),
    ];

    /// <param name="states">Of the tiers in use, in the order in which they are asked.</param>
    public static IReadOnlyList<TierStep> Of(IReadOnlyList<TierState> states, IReadOnlyList<TierFigures> figures, string window)
    {
        ArgumentNullException.ThrowIfNull(states);
        ArgumentNullException.ThrowIfNull(figures);
        var read = figures.ToDictionary(tier => tier.Tier, tier => tier.Windows.FirstOrDefault(one => one.Window == window));
        var total = Total(states, read);
        var steps = new List<TierStep>();
        long before = 0;
        foreach (var (tier, what, budget) in Known)
        {
            var state = states.FirstOrDefault(one => one.Tier == tier);
            var measured = read.GetValueOrDefault(tier) is { Count: > 0 } one ? one : null;
            // Redis is shown when it is not there: that is an answer to "why not faster".
            if (state is null && tier is not Expert and not Redis)
            {
                continue;
            }

            var share = state is null || total == 0 ? (double?)null : (double)(measured?.Hits ?? 0) / total;
            steps.Add(new TierStep(tier, what, measured, total == 0 ? 0 : (double)before / total, share, budget, state));
            before += state is null ? 0 : measured?.Hits ?? 0;
        }

        return steps;
    }

    /// <summary>Decisions that nobody could judge and that failed closed: what the last tier passed on.</summary>
    public static long Unanswered(IReadOnlyList<TierStep> steps)
    {
        ArgumentNullException.ThrowIfNull(steps);
        var last = steps.LastOrDefault(step => step.State is not null)?.Figures;
        return last is null ? 0 : last.Count - last.Hits;
    }

    private static long Total(IReadOnlyList<TierState> states, Dictionary<string, TierWindowFigures?> read)
    {
        var asked = states.Select(state => read.GetValueOrDefault(state.Tier)).ToList();
        return asked.Sum(one => one?.Hits ?? 0) + (asked.LastOrDefault() is { } last ? last.Count - last.Hits : 0);
    }
}
