using Lighthouse.Contracts;

namespace Lighthouse.Engine.Validation.Pipeline;

/// <summary>What the tiers made of a request; shared by all identical requests that waited for it.</summary>
internal sealed class Judgement(TierVerdict verdict, IReadOnlyList<TierTiming> timings, DateTimeOffset? expiresAt = null)
{
    private int _promoted;

    public TierVerdict Verdict { get; } = verdict;
    public IReadOnlyList<TierTiming> Timings { get; } = timings;
    public DateTimeOffset? ExpiresAt { get; } = expiresAt;

    /// <summary>True for the first that asks: of a thousand that share it, one has to offer it to the faster tiers.</summary>
    public bool ClaimPromotion() => Interlocked.Exchange(ref _promoted, 1) == 0;
}
