using System.Text;
using Lighthouse.Engine.Validation.Contracts;
using Lighthouse.Engine.Validation.Pipeline;
using Microsoft.Extensions.Options;

namespace Lighthouse.Engine.Validation.Tiers.Memory;

/// <summary>Repeats what a slower tier answered to the very same request under the same scope.</summary>
internal sealed class MemoryTier(DecisionCache cache, IOptions<MemoryTierOptions> options, TimeProvider time) : IPromotionTier
{
    public string Name => "memory";

    public TierLimits Limits => TierLimits.Milliseconds(soft: 1, hard: 100);

    public ValueTask<TierAnswer> AskAsync(TierRequest asked, CancellationToken cancellationToken) =>
        cache.TryGet(KeyOf(asked), time.GetTimestamp(), out var hit)
            ? new(hit.Answer)
            : new(TierAnswer.Abstain());

    public void Promote(TierRequest asked, TierVerdict verdict, DateTimeOffset? expiresAt) => cache.Set(
        KeyOf(asked),
        time.GetTimestamp(),
        new CachedDecision
        {
            Verdict = verdict.Verdict,
            Reason = verdict.Reason,
            Risk = verdict.Risk,
            Effects = verdict.Effects,
            Policies = verdict.Policies,
            Analysis = verdict.Analysis,
            Deciding = verdict.Deciding,
        },
        expiresAt is { } until ? (long)((until - time.GetUtcNow()).TotalSeconds * time.TimestampFrequency) : null);

    public TierHoldings Holdings()
    {
        var now = cache.Statistics();
        return new TierHoldings(
            now.Count, options.Value.Capacity, now.Bytes, options.Value.CapacityBytes, now.Hot, now.Evictions, now.Expirations,
            new Dictionary<string, long> { ["too large"] = now.Refused }, cache.Oldest is { } since ? time.GetElapsedTime(since) : null,
            TimeSpan.FromSeconds(options.Value.TimeToLiveSeconds));
    }

    public ValueTask<HeldBy> InspectAsync(TierRequest asked, CancellationToken cancellationToken) =>
        new(cache.Find(KeyOf(asked)) is { } entry && time.GetTimestamp() < entry.ExpiresAt
            ? new HeldBy(Name, Holds: true, entry.Decision.Verdict, Instant(entry.Since), Instant(entry.ExpiresAt), entry.Hits, entry.Hot ? "hot" : null)
            : new HeldBy(Name, Holds: false, null, null, null, null, null));

    public IReadOnlyList<RememberedEntry> MostUsed(int most) =>
    [
        .. cache.MostUsed(most).Select(entry => new RememberedEntry(
            entry.Tool, Encoding.UTF8.GetString(entry.Input), entry.Decision.Verdict, entry.Hits, entry.Hot, Instant(entry.Since), Instant(entry.ExpiresAt))),
    ];

    private DateTimeOffset Instant(long timestamp) => time.GetUtcNow() - time.GetElapsedTime(timestamp);

    private static DecisionKeyText KeyOf(TierRequest asked) =>
        new(asked.Request.Tool, asked.RawInput, asked.Request.WorkingDirectory, asked.Scope);
}
