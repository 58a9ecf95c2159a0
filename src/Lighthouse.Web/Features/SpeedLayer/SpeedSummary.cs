using Lighthouse.Engine.Validation.Contracts;
using Lighthouse.Web.Ui;

namespace Lighthouse.Web.Features.SpeedLayer;

public enum SpeedLevel { Unknown, Fast, Slower }

/// <summary>The answer to the page's question in one sentence, the most telling cause first.</summary>
public sealed record SpeedSummary(SpeedLevel Level, string Sentence)
{
    // Below this most requests are judged anew, and memory is not what makes it fast.
    private const double FewHits = 0.5;

    public static SpeedSummary Of(IReadOnlyList<TierStep> steps, CoherenceState coherence, RedisState? redis)
    {
        ArgumentNullException.ThrowIfNull(steps);
        ArgumentNullException.ThrowIfNull(coherence);
        var open = steps.FirstOrDefault(step => step.State?.Breaker is { State: not BreakerState.Closed });
        if (!coherence.Confirmed)
        {
            return new(SpeedLevel.Slower, "Nothing remembered answers: this node has not confirmed that no other node changed the rules. Every request is judged anew.");
        }

        if (redis is { Connected: false })
        {
            return new(SpeedLevel.Slower, "Redis does not answer: what is not in this process is judged anew. Slower, never wrong.");
        }

        if (open is not null)
        {
            return new(SpeedLevel.Slower, $"The breaker of the {open.Tier} tier is {BreakerWord.Of(open.State!.Breaker!.State)}: it is passed over.");
        }

        if (steps.FirstOrDefault(step => step.OverBudget) is { Figures: { } late } slow)
        {
            var ((number, unit), budget) = (Display.Duration(late.P99Ms), Display.Three(slow.BudgetMs!.Value));
            return new(SpeedLevel.Slower, $"The {slow.Tier} tier is over its budget: P99 {number} {unit} of {budget} ms.");
        }

        return Measured(steps);
    }

    private static SpeedSummary Measured(IReadOnlyList<TierStep> steps)
    {
        var remembered = steps.Where(step => step.State?.Holdings is not null).ToList();
        if (remembered.All(step => step.Share is null))
        {
            return new(SpeedLevel.Unknown, "Nothing was asked in this window.");
        }

        var share = remembered.Sum(step => step.Share ?? 0);
        var sentence = $"{Display.Percent(share)} % of the decisions were remembered, the others were judged by {Others(steps)}.";
        return share >= FewHits
            ? new(SpeedLevel.Fast, sentence)
            : new(SpeedLevel.Fast, sentence + " Few repeat, so memory saves little here; every tier keeps its budget.");
    }

    private static string Others(IReadOnlyList<TierStep> steps) =>
        string.Join(" and ", steps.Where(step => step is { Aside: null, State.Holdings: null }).Select(step => "the " + step.Tier + " tier"));
}
