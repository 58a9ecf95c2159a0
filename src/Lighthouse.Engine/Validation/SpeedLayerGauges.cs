using Lighthouse.Engine.Telemetry.Contracts;
using Lighthouse.Engine.Validation.Contracts;

namespace Lighthouse.Engine.Validation;

/// <summary>The same state that the page shows, for who watches from outside.</summary>
internal sealed class SpeedLayerGauges(ISpeedLayer speed) : IGaugeSource
{
    public IEnumerable<Gauge> Read()
    {
        var coherence = speed.Coherence();
        yield return new("lighthouse_generation_confirmed", "1 while remembered verdicts may answer.", coherence.Confirmed ? 1 : 0);
        yield return new("lighthouse_invalidations", "How often what is remembered ended or was looked at anew, since start.", coherence.Invalidations);
        yield return new("lighthouse_changes_unannounced", "Changes of this node that the others have not been told yet.", coherence.Unannounced);
        foreach (var tier in speed.Tiers())
        {
            if (tier.Holdings is { Entries: { } entries } holdings)
            {
                yield return new($"lighthouse_{tier.Tier}_tier_entries", "Verdicts held.", entries);
                yield return new($"lighthouse_{tier.Tier}_tier_hot_entries", "Of them protected from eviction.", holdings.HotEntries ?? 0);
                yield return new($"lighthouse_{tier.Tier}_tier_evictions", "Verdicts that made room, since start.", holdings.Evictions ?? 0);
            }

            if (tier.Breaker is { } breaker)
            {
                yield return new($"lighthouse_{tier.Tier}_tier_breaker_open", "1 while the tier is not asked.", breaker.State == BreakerState.Closed ? 0 : 1);
                yield return new($"lighthouse_{tier.Tier}_tier_refused_values", "Values not kept or not believed, since start.", tier.Holdings?.Refused.Values.Sum() ?? 0);
            }
        }

        if (speed.Redis() is { } redis)
        {
            yield return new("lighthouse_redis_connected", "1 while Redis answers.", redis.Connected ? 1 : 0);
            yield return new("lighthouse_redis_waiting_writes", "Verdicts announced to the other nodes and not yet written.", redis.WaitingWrites);
            yield return new("lighthouse_redis_dropped_writes", "Verdicts not shared, since start.", redis.DroppedWrites);
        }
    }
}
