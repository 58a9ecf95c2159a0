using Lighthouse.Contracts;
using Lighthouse.Engine.Validation.Coherence;
using Lighthouse.Engine.Validation.Contracts;
using Lighthouse.Engine.Validation.Pipeline;
using Lighthouse.Engine.Validation.Redis;
using Lighthouse.Engine.Validation.Tiers.Memory;
using Lighthouse.Engine.Validation.Tiers.Redis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Lighthouse.Engine.Validation;

internal sealed class SpeedLayer(
    TierWalk walk, MemoryTier memory, IEpochs epochs, EpochJournal journal, KeyInspector inspector, IOptions<RedisOptions> options, IServiceProvider services,
    TimeProvider time) : ISpeedLayer
{
    public IReadOnlyList<TierState> Tiers() => [.. walk.Slots.Select(static slot => slot.State())];

    public CoherenceState Coherence()
    {
        var shared = epochs as SharedEpochs;
        return new CoherenceState(
            shared is not null, epochs.Stamp, epochs.IsConfirmed(time.GetTimestamp()), shared?.Age, shared?.Unannounced ?? 0, journal.Problem,
            journal.Failures, journal.Count, journal.Recent);
    }

    public RedisState? Redis()
    {
        if (!options.Value.IsConfigured)
        {
            return null;
        }

        var health = services.GetRequiredService<RedisConnection>().Health;
        var (filter, writes) = (services.GetRequiredService<NegativeFilter>(), services.GetRequiredService<WriteBehind>());
        var (items, falsePositives) = filter.Filling();
        return new RedisState(
            health.Connected, health.Topology, health.PingMilliseconds, health.AnsweredAt, health.Problem, health.Reconnects,
            services.GetRequiredService<TowerKey>().Id, writes.Written, writes.Waiting, writes.Dropped, items, filter.Saved, falsePositives);
    }

    public IReadOnlyList<RememberedEntry> MostUsed(int most) => memory.MostUsed(Math.Clamp(most, 0, 1_000));

    public Task<KeyInspection> InspectAsync(string agentId, DecisionRequest request, CancellationToken cancellationToken) =>
        inspector.InspectAsync(agentId, request, null, cancellationToken);

    public Task<KeyInspection> InspectAsync(string decisionId, CancellationToken cancellationToken) =>
        inspector.InspectAsync(decisionId, cancellationToken);
}
