using Lighthouse.Contracts;
using Lighthouse.Engine.Validation.Pipeline;

namespace Lighthouse.Engine.Validation.Tiers.Memory;

/// <summary>A machine's allow or deny that may be repeated. Immutable: many requests share one.</summary>
internal sealed class CachedDecision
{
    public required Verdict Verdict { get; init; }
    public required string Reason { get; init; }
    public required Risk Risk { get; init; }
    public IReadOnlyList<string> Effects { get; init; } = [];
    public IReadOnlyList<string> Policies { get; init; } = [];
    public Analysis? Analysis { get; init; }
    public DecidingFact? Deciding { get; init; }

    /// <summary>The tier's answer, made on the first hit and shared by the others: a hit allocates nothing.</summary>
    public TierVerdict Answer => field ??= new TierVerdict(Verdict, DecisionTier.Memory, Reason, Risk, Effects, Policies, Analysis, Deciding);
}
