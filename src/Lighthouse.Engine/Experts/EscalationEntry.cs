using Lighthouse.Contracts;
using Lighthouse.Engine.EventStore.Contracts;

namespace Lighthouse.Engine.Experts;

/// <summary>One escalation folded from its stream. Immutable: a new event makes a new entry.</summary>
/// <param name="Version">Version of the stream, for the next append's expectation.</param>
/// <param name="Holding">Callers that hold their action for the answer.</param>
/// <param name="HoldsEnded">Callers that gave up waiting: an approval now leaves a grant for the retry.</param>
internal sealed record EscalationEntry(Escalation View, string RequestKey, long Version, int Holding, int HoldsEnded)
{
    /// <summary>Who approved so far.</summary>
    public IReadOnlyList<Voter> Approvers { get; init; } = [];

    public bool IsOpen => View.State == EscalationState.Open;

    /// <summary>Null when the payload cannot be read.</summary>
    public static EscalationEntry? Open(StoredEvent stored) =>
        Payload.Read<OpenedPayload>(stored.Payload) is { } opened
            ? new EscalationEntry(opened.Escalation, opened.RequestKey, stored.Version, opened.Holds ? 1 : 0, 0)
            : null;

    public EscalationEntry Apply(StoredEvent stored) => Content(stored) with { Version = stored.Version };

    private EscalationEntry Content(StoredEvent stored)
    {
        switch (stored.Type)
        {
            case EventTypes.EscalationJoined when Payload.Read<JoinedPayload>(stored.Payload) is { } joined:
                return this with
                {
                    // The strictest of those who wait: nobody is released by fewer approvals than were asked for.
                    View = View with { Waiting = View.Waiting + 1, Quorum = View.Quorum with { Needed = Math.Max(View.Quorum.Needed, joined.Needed ?? 1) } },
                    Holding = Holding + (joined.Holds ? 1 : 0),
                    // The retry of a caller whose hold had ended takes its place again.
                    HoldsEnded = joined.Holds ? Math.Max(0, HoldsEnded - 1) : HoldsEnded,
                };
            case EventTypes.EscalationHoldEnded:
                return this with { Holding = Math.Max(0, Holding - 1), HoldsEnded = HoldsEnded + 1 };
            case EventTypes.EscalationClaimed when Payload.Read<ClaimedPayload>(stored.Payload) is { } claimed:
                return this with { View = View with { ClaimedBy = claimed.By } };
            case EventTypes.EscalationReleased:
                return this with { View = View with { ClaimedBy = null } };
            case EventTypes.EscalationCommented when Payload.Read<CommentedPayload>(stored.Payload) is { } commented:
                return this with { View = View with { Comments = [.. View.Comments, commented.Comment] } };
            case EventTypes.EscalationVoted when Payload.Read<VotedPayload>(stored.Payload) is { } voted:
                return this with
                {
                    View = View with { Votes = [.. View.Votes, voted.Vote] },
                    Approvers = voted is { Vote.Vote: VoteKind.Approve, Voter: { } voter } ? [.. Approvers, voter] : Approvers,
                };
            case EventTypes.EscalationDecided when Payload.Read<DecidedPayload>(stored.Payload) is { } decided:
                return this with { View = View with { State = decided.State, Decision = decided.Decision } };
            default:
                return this;
        }
    }

    /// <summary>Null when the stream holds no readable opening.</summary>
    public static EscalationEntry? Fold(IEnumerable<StoredEvent> stream)
    {
        EscalationEntry? entry = null;
        foreach (var stored in stream)
        {
            entry = stored.Type == EventTypes.EscalationOpened ? Open(stored) : entry?.Apply(stored);
        }

        return entry;
    }
}
