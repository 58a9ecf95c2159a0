using Lighthouse.Engine.Validation.Pipeline;

namespace Lighthouse.Engine.Validation.Tiers.Memory;

/// <summary>Repeats what a slower tier answered to the very same request under the same scope.</summary>
internal sealed class MemoryTier(DecisionCache cache, TimeProvider time) : IPromotionTier
{
    public string Name => "memory";

    public ValueTask<TierAnswer> AskAsync(TierRequest asked, CancellationToken cancellationToken) =>
        cache.TryGet(KeyOf(asked), time.GetTimestamp(), out var hit)
            ? new(hit.Answer)
            : new(TierAnswer.Abstain());

    public void Promote(TierRequest asked, TierVerdict verdict) => cache.Set(KeyOf(asked), time.GetTimestamp(), new CachedDecision
    {
        Verdict = verdict.Verdict,
        Reason = verdict.Reason,
        Risk = verdict.Risk,
        Effects = verdict.Effects,
        Policies = verdict.Policies,
        Analysis = verdict.Analysis,
        Deciding = verdict.Deciding,
    });

    private static DecisionKeyText KeyOf(TierRequest asked) =>
        new(asked.Request.Tool, asked.RawInput, asked.Request.WorkingDirectory, asked.Scope);
}
