using Lighthouse.Contracts;

namespace Lighthouse.Engine.Validation.Pipeline;

/// <summary>What a tier says about a request.</summary>
internal sealed record TierVerdict(
    Verdict Verdict, DecisionTier Tier, string Reason, Risk Risk, IReadOnlyList<string> Effects, IReadOnlyList<string> Policies, Analysis? Analysis,
    DecidingFact? Deciding = null);

/// <summary>A tier answers or abstains. An error is an abstention with a note.</summary>
internal readonly record struct TierAnswer(TierVerdict? Verdict, string? Note, bool Failed)
{
    public static TierAnswer Abstain(string? note = null) => new(null, note, false);

    public static TierAnswer Fail(string note) => new(null, note, true);

    public static implicit operator TierAnswer(TierVerdict verdict) => new(verdict, null, false);
}

internal interface ITier
{
    /// <summary>As in <see cref="TierTiming.Tier"/> and the figures.</summary>
    string Name { get; }

    ValueTask<TierAnswer> AskAsync(TierRequest asked, CancellationToken cancellationToken);
}

/// <summary>A tier that remembers what slower ones answered. It is offered allow and deny only, and only after they are durable.</summary>
internal interface IPromotionTier : ITier
{
    void Promote(TierRequest asked, TierVerdict verdict);
}
