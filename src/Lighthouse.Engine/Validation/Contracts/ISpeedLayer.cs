using System.Text.Json.Serialization;
using Lighthouse.Contracts;

namespace Lighthouse.Engine.Validation.Contracts;

/// <summary>
/// What the tiers are doing: read at leisure by pages and <c>GET /api/v1/tiers</c>, beside the latencies of
/// <see cref="Telemetry.Contracts.IFigures.Tiers"/>. All counts are since the start of the process; windows are in the figures.
/// </summary>
public interface ISpeedLayer
{
    /// <summary>One per tier that is in use, in the order in which they are asked.</summary>
    IReadOnlyList<TierState> Tiers();

    CoherenceState Coherence();

    /// <summary>Null when no Redis is configured.</summary>
    RedisState? Redis();

    /// <summary>The most used entries of the memory tier, most hits first.</summary>
    IReadOnlyList<RememberedEntry> MostUsed(int most);

    /// <summary>Where an answer to this request would come from now, and why. Asks no tier to judge, counts nothing, records nothing.</summary>
    /// <exception cref="LighthouseException"><c>not_found</c> for an unknown agent.</exception>
    Task<KeyInspection> InspectAsync(string agentId, DecisionRequest request, CancellationToken cancellationToken);

    /// <summary>The same for the request of a recorded decision: why it came from memory, and whether it still would.</summary>
    /// <exception cref="LighthouseException"><c>not_found</c> for an unknown decision.</exception>
    Task<KeyInspection> InspectAsync(string decisionId, CancellationToken cancellationToken);
}

/// <param name="Tier"><c>memory</c>, <c>redis</c>, <c>policy</c>, <c>pattern</c>.</param>
/// <param name="Hits">Answered.</param>
/// <param name="Misses">Abstained.</param>
/// <param name="Failed">Could not be asked, threw, or took longer than the hard limit; part of neither hits nor misses.</param>
/// <param name="Slow">Answers that took longer than <see cref="SoftLimitMs"/>. They count, they are only noted.</param>
/// <param name="TimedOut">Not waited for any longer than <see cref="HardLimitMs"/>; part of <see cref="Failed"/>.</param>
/// <param name="NotAsked">Passed over: the generation was not confirmed, or the breaker was open.</param>
/// <param name="Holdings">Null for a tier that remembers nothing.</param>
/// <param name="Breaker">Null for a tier that depends on nothing outside this process: there is nothing to protect.</param>
public sealed record TierState(
    string Tier, long Hits, long Misses, long Failed, long Slow, long TimedOut, long NotAsked, double SoftLimitMs, double HardLimitMs,
    TierHoldings? Holdings, BreakerSnapshot? Breaker);

/// <summary>What a remembering tier holds. Null = this tier cannot know: what is in Redis belongs to all nodes.</summary>
/// <param name="HotEntries">Used more than the limit and protected from eviction.</param>
/// <param name="Evictions">Made room before they expired.</param>
/// <param name="Refused">Not kept or not believed, by reason: <c>too large</c>, <c>not authentic</c>, <c>wrong version</c>, …</param>
/// <param name="OldestAge">Age of the oldest entry.</param>
public sealed record TierHoldings(
    long? Entries, long? Capacity, long? Bytes, long? CapacityBytes, long? HotEntries, long? Evictions, long? Expired,
    IReadOnlyDictionary<string, long> Refused, TimeSpan? OldestAge, TimeSpan TimeToLive);

[JsonConverter(typeof(JsonStringEnumConverter<BreakerState>))]
public enum BreakerState
{
    [JsonStringEnumMemberName("closed")] Closed,
    [JsonStringEnumMemberName("open")] Open,
    [JsonStringEnumMemberName("half-open")] HalfOpen,
}

/// <param name="Since">When it entered this state; null = closed from the start.</param>
/// <param name="Failures">In a row; an answer in time starts anew.</param>
/// <param name="Opened">How often it opened.</param>
/// <param name="LastFailure">The last failure in a few words.</param>
public sealed record BreakerSnapshot(BreakerState State, DateTimeOffset? Since, int Failures, long Opened, string? LastFailure);

/// <param name="Shared">False without Redis: one node, and what it knows is all there is.</param>
/// <param name="Confirmed">Whether anything remembered may answer at this moment.</param>
/// <param name="ConfirmedAgo">Age of the last confirmation; null before the first, and without Redis.</param>
/// <param name="Unannounced">Kinds of changes of this node that the others have not been told yet.</param>
/// <param name="Invalidations">How often what is remembered ended or was looked at anew.</param>
/// <param name="Recent">The last of them, newest first.</param>
public sealed record CoherenceState(
    bool Shared, string Stamp, bool Confirmed, TimeSpan? ConfirmedAgo, int Unannounced, string? Problem, long FailedChecks, long Invalidations,
    IReadOnlyList<Invalidation> Recent);

/// <param name="Kind">Null: everything.</param>
/// <param name="By"><c>this node</c>, <c>another node</c>, or what happened to Redis.</param>
public sealed record Invalidation(DateTimeOffset At, EpochKind? Kind, string By);

/// <param name="Topology"><c>single</c>, <c>sentinel</c>, <c>cluster</c> or <c>unknown</c>.</param>
/// <param name="PingMs">Of the last ping that was answered.</param>
/// <param name="TowerKeyId">The same on nodes that share; not a secret.</param>
/// <param name="WaitingWrites">Announced to the other nodes and not yet written.</param>
/// <param name="DroppedWrites">Not written: the queue was full, Redis away, or the generation had moved.</param>
/// <param name="FilterItems">Entries that the negative filter stands for, estimated.</param>
/// <param name="FilterSaved">Look-ups that the filter spared Redis.</param>
/// <param name="FilterFalsePositiveRate">0 to 1, as the filter is filled now.</param>
public sealed record RedisState(
    bool Connected, string Topology, double? PingMs, DateTimeOffset? AnsweredAt, string? Problem, long Reconnects, string TowerKeyId,
    long Written, int WaitingWrites, long DroppedWrites, long FilterItems, long FilterSaved, double FilterFalsePositiveRate);

/// <param name="Input">As it arrived: JSON.</param>
/// <param name="Hits">Counted until the entry is hot, and no further: a hot entry is not written to.</param>
public sealed record RememberedEntry(string Tool, string Input, Verdict Verdict, long Hits, bool Hot, DateTimeOffset Since, DateTimeOffset ExpiresAt);

/// <param name="KeyParts">Everything that the key is made of, in order: two requests share an answer only when all of it is equal.</param>
/// <param name="Tiers">The remembering tiers, in the order in which they are asked.</param>
/// <param name="AnsweredBy">For a recorded decision: the tier that answered then.</param>
/// <param name="Explanation">In one or two sentences: why it came, or would come, from there.</param>
public sealed record KeyInspection(
    IReadOnlyList<KeyPart> KeyParts, string Fingerprint, string Stamp, bool Confirmed, IReadOnlyList<HeldBy> Tiers, DecisionTier? AnsweredBy, string Explanation);

public sealed record KeyPart(string Name, string Value);

/// <param name="Holds">Null: could not be asked.</param>
/// <param name="Since">When the answer was computed, or copied into this tier.</param>
public sealed record HeldBy(string Tier, bool? Holds, Verdict? Verdict, DateTimeOffset? Since, DateTimeOffset? ExpiresAt, long? Hits, string? Note);
