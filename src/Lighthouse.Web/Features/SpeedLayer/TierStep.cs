using Lighthouse.Contracts;
using Lighthouse.Engine.Validation.Contracts;

namespace Lighthouse.Web.Features.SpeedLayer;

/// <summary>One step of the waterfall: what a tier answered in the window, and what reached the next one.</summary>
/// <param name="Before">Share of all decisions that were answered before this tier was reached, 0 to 1.</param>
/// <param name="Share">Share that it answered; null while nothing was measured, and for who is asked about an escalation that another tier gave.</param>
/// <param name="Aside">For those: what they are asked about.</param>
/// <param name="BudgetMs">P99 that the tier has to keep; null = an own service level.</param>
/// <param name="State">Null for a tier that is not in use, and for experts.</param>
public sealed record TierStep(string Tier, string What, TierWindowFigures? Figures, double Before, double? Share, double? BudgetMs, TierState? State, string? Aside)
{
    public bool InUse => State is not null || Tier == Expert;
    public bool OverBudget => Figures is { Count: >= EnoughForP99 } && BudgetMs is { } budget && Figures.P99Ms > budget;

    // Of fewer requests the P99 is the slowest one, and the first after a start is always slow.
    private const long EnoughForP99 = 100;
    private const string Expert = "expert";
    private const string Redis = "redis";

    private static readonly (string Tier, string What, double? BudgetMs, string? Aside)[] Known =
    [
        ("memory", "this process remembers", 1, null), (Redis, "all nodes remember", 5, null), ("policy", "profile and policies", 5, null),
        ("pattern", "scored risk patterns", 10, "second opinion on escalations"), (Expert, "people, expert agents", null, "answer escalations, later"),
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
        foreach (var (tier, what, budget, aside) in Known)
        {
            var state = states.FirstOrDefault(one => one.Tier == tier);
            var measured = read.GetValueOrDefault(tier) is { Count: > 0 } one ? one : null;
            // Redis is shown when it is not there: that is an answer to "why not faster".
            if (state is null && tier is not Expert and not Redis)
            {
                continue;
            }

            var share = state is null || aside is not null || total == 0 ? (double?)null : (double)(measured?.Hits ?? 0) / total;
            steps.Add(new TierStep(tier, what, measured, total == 0 ? 0 : (double)before / total, share, budget, state, aside));
            before += state is null || aside is not null ? 0 : measured?.Hits ?? 0;
        }

        return steps;
    }

    /// <summary>What the last tier on the way could not judge: a second opinion may still deny it, else a human is asked.</summary>
    public static long Unanswered(IReadOnlyList<TierStep> steps)
    {
        ArgumentNullException.ThrowIfNull(steps);
        var last = steps.LastOrDefault(step => step is { State: not null, Aside: null })?.Figures;
        return last is null ? 0 : last.Count - last.Hits;
    }

    private static long Total(IReadOnlyList<TierState> states, Dictionary<string, TierWindowFigures?> read)
    {
        // Whose opinion is a second one would be counted twice.
        var asked = states.Where(state => Array.Exists(Known, one => one.Tier == state.Tier && one.Aside is null)).Select(state => read.GetValueOrDefault(state.Tier)).ToList();
        return asked.Sum(one => one?.Hits ?? 0) + (asked.LastOrDefault() is { } last ? last.Count - last.Hits : 0);
    }
}
