using Lighthouse.Contracts;
using Lighthouse.Engine.Validation.Contracts;

namespace Lighthouse.Engine.Validation.Pipeline;

/// <summary>What a tier says about a request.</summary>
internal sealed record TierVerdict(
    Verdict Verdict, DecisionTier Tier, string Reason, Risk Risk, IReadOnlyList<string> Effects, IReadOnlyList<string> Policies, Analysis? Analysis,
    DecidingFact? Deciding = null)
{
    /// <summary>What a policy asks of the escalation.</summary>
    public EscalationTerms? Terms { get; init; }

    /// <summary>A policy of the organisation spoke, not the profile: nothing later lifts that.</summary>
    public bool ByPolicy { get; init; }

    /// <summary>False where the same request may be answered otherwise in a moment: nothing remembers such an answer.</summary>
    public bool Lasting { get; init; } = true;
}

/// <summary>A tier answers or abstains. An error is an abstention with a note.</summary>
/// <param name="ExpiresAt">Of an answer that was computed earlier: whoever copies it must not keep it longer.</param>
/// <param name="AskedNobody">Known here, or not to be had: says nothing about what the tier depends on.</param>
/// <param name="PassedOver">The tier was not asked at all: neither hit nor miss.</param>
/// <param name="Unavailable">What the tier depends on did not answer: the one kind of failure that its breaker counts.</param>
internal readonly record struct TierAnswer(TierVerdict? Verdict, string? Note, bool Failed, DateTimeOffset? ExpiresAt = null, bool Unavailable = false, bool AskedNobody = false, bool PassedOver = false)
{
    public static TierAnswer Abstain(string? note = null) => new(null, note, false);

    public static TierAnswer AbstainUnasked(string? note = null) => new(null, note, false, AskedNobody: true);

    public static TierAnswer PassOver(string note) => new(null, note, false, PassedOver: true);

    public static TierAnswer Fail(string note) => new(null, note, true);

    public static TierAnswer Away(string note) => new(null, note, true, Unavailable: true);

    public static implicit operator TierAnswer(TierVerdict verdict) => new(verdict, null, false);
}

/// <param name="Soft">An answer that takes longer is counted and shown; it still counts.</param>
/// <param name="Hard">Not waited for any longer: the tier abstains. Work that never leaves this process cannot be left behind, and bounds itself.</param>
internal readonly record struct TierLimits(TimeSpan Soft, TimeSpan Hard)
{
    public static TierLimits Milliseconds(int soft, int hard) => new(TimeSpan.FromMilliseconds(soft), TimeSpan.FromMilliseconds(hard));
}

internal interface ITier
{
    /// <summary>As in <see cref="TierTiming.Tier"/> and the figures.</summary>
    string Name { get; }

    TierLimits Limits => TierLimits.Milliseconds(soft: 5, hard: 100);

    /// <summary>False for a tier that is not configured: it is left out altogether.</summary>
    bool IsInUse => true;

    /// <summary>Depends on something outside this process, and gets a breaker for that.</summary>
    bool IsRemote => false;

    /// <summary>A remote tier calls this back whenever its own health check was answered.</summary>
    void WhenHeardFrom(Action heard)
    {
    }

    ValueTask<TierAnswer> AskAsync(TierRequest asked, CancellationToken cancellationToken);
}

/// <summary>
/// A tier that is also asked after an escalation (<see cref="TierRequest.Escalated"/>): it may make it stricter, say who should look, or
/// deny. It is not asked about an allow or a deny, so what the faster tiers remember is what would be answered anew.
/// </summary>
internal interface ISecondOpinion : ITier;

/// <summary>A tier that remembers what slower ones answered. It is offered allow and deny only, and only after they are durable.</summary>
internal interface IPromotionTier : ITier
{
    /// <param name="expiresAt">Null for an answer that was just computed.</param>
    void Promote(TierRequest asked, TierVerdict verdict, DateTimeOffset? expiresAt);

    TierHoldings Holdings();

    /// <summary>What it holds for this request now, for a human who asks; counts nothing.</summary>
    ValueTask<HeldBy> InspectAsync(TierRequest asked, CancellationToken cancellationToken);
}
