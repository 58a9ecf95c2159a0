using Lighthouse.Contracts;

namespace Lighthouse.Engine.EventStore.Contracts;

/// <summary>An event to append.</summary>
/// <param name="ExpectedVersion">Version of the stream before this append: 0 = the stream must not exist yet, null = any.</param>
/// <param name="Actor">Who caused it: <c>human:…</c>, <c>key:…</c>, <c>agent:…</c> or <c>system:…</c>.</param>
/// <param name="Payload">UTF-8 JSON; these very bytes are stored and hashed.</param>
public sealed record NewEvent(string Stream, long? ExpectedVersion, string Type, string Actor, ReadOnlyMemory<byte> Payload);

/// <summary>An event as stored.</summary>
public sealed record StoredEvent(
    long Position, string Stream, long Version, string Type, DateTimeOffset OccurredAt, string Actor, ReadOnlyMemory<byte> Payload);

/// <param name="Position">Global position of the first event of the append; the others follow without a gap.</param>
public readonly record struct AppendResult(long Position, DateTimeOffset OccurredAt);

/// <summary>Nothing was appended, because a stream is not at the version that the caller expected.</summary>
public sealed class ConcurrencyException(string stream, long expected, long actual)
    : Exception($"Stream {stream} is at version {actual}, expected {expected}.")
{
    public string Stream { get; } = stream;
}

/// <summary>Filter of a read. All parts are optional and combine with "and".</summary>
public sealed record EventQuery(long After = 0, int Limit = 1000, string? Stream = null, string? Type = null);

/// <summary>The append-only log.</summary>
public interface IEventStore
{
    /// <summary>Position of the last durable event; 0 for an empty log.</summary>
    long Head { get; }

    /// <summary>
    /// Appends all events or none. Completes only after they are durable and every <see cref="IEventFold"/> has applied them.
    /// </summary>
    /// <exception cref="ConcurrencyException">An expected version did not hold; nothing was appended.</exception>
    /// <exception cref="LighthouseException"><c>overloaded</c> (the queue is full) or <c>storage_unavailable</c> (disk full, locked, gone).</exception>
    ValueTask<AppendResult> AppendAsync(IReadOnlyList<NewEvent> events, CancellationToken cancellationToken);

    /// <summary>Events in order of position.</summary>
    ValueTask<IReadOnlyList<StoredEvent>> ReadAsync(EventQuery query, CancellationToken cancellationToken);

    /// <summary>All events of one stream in order of version; empty when there is none.</summary>
    ValueTask<IReadOnlyList<StoredEvent>> ReadStreamAsync(string stream, CancellationToken cancellationToken);

    /// <summary>Checks every position, hash and the authenticated head.</summary>
    Task<VerifyReport> VerifyAsync(IProgress<long>? progress, CancellationToken cancellationToken);

    EventStoreHealth Health { get; }

    /// <summary>True while no other process writes to this log: then what is folded here is all there is.</summary>
    bool IsSoleWriter => true;

    /// <summary>Completes when every event that was durable before the call, whoever wrote it, is applied to the folds here. Calls may overlap.</summary>
    ValueTask CatchUpAsync(CancellationToken cancellationToken) => default;
}

/// <param name="Problem">Why the store is degraded, in one sentence; null when all is well.</param>
/// <param name="Writable">False while appends fail.</param>
public sealed record EventStoreHealth(bool Writable, string? Problem, int QueueDepth, long Head);

/// <summary>
/// In-memory state folded from events. At start every stored event of <see cref="Types"/> is applied, later each new one, in order
/// and on the store's own thread, before its append is acknowledged: so whoever appended reads their own write.
/// Must be quick and must not throw for content it does not understand; events of <c>decision.recorded</c> are not offered.
/// </summary>
public interface IEventFold
{
    IReadOnlyCollection<string> Types { get; }
    void Apply(StoredEvent stored);

    /// <summary>What was stored is applied; from here on events are news.</summary>
    void Live()
    {
    }
}

/// <summary>Event type names. They are constants for ever; a new meaning gets a new name or a payload version.</summary>
public static class EventTypes
{
    public const string DecisionRecorded = "decision.recorded";
    public const string DecisionOutcome = "decision.outcome";
    public const string EscalationOpened = "escalation.opened";
    public const string EscalationClaimed = "escalation.claimed";
    public const string EscalationReleased = "escalation.released";
    public const string EscalationCommented = "escalation.commented";
    public const string EscalationJoined = "escalation.joined";
    public const string EscalationVoted = "escalation.voted";
    public const string EscalationHoldEnded = "escalation.hold-ended";
    public const string EscalationDecided = "escalation.decided";
    public const string GrantCreated = "grant.created";
    public const string GrantConsumed = "grant.consumed";
    public const string GrantRevoked = "grant.revoked";
    public const string AgentCreated = "agent.created";
    public const string KeyCreated = "key.created";
    public const string KeyRevoked = "key.revoked";
    public const string AgentSuspended = "agent.suspended";
    public const string AgentResumed = "agent.resumed";
    public const string EmergencyStopEngaged = "emergency-stop.engaged";
    public const string EmergencyStopReleased = "emergency-stop.released";
    public const string PolicySetSaved = "policy-set.saved";
    public const string PolicySetActivated = "policy-set.activated";
    public const string PolicySetDeactivated = "policy-set.deactivated";
    public const string HumanSignedIn = "human.signed-in";
    public const string HumanChanged = "human.changed";
}
