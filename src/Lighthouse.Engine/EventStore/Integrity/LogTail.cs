namespace Lighthouse.Engine.EventStore.Integrity;

/// <summary>How the log ends: its last row, and what the head says about it.</summary>
internal sealed record LogTail(long LastPosition, byte[] LastHash, LogHead? Head);

/// <summary>Where appending goes on, and what is wrong with the end of the log, if anything.</summary>
/// <param name="Position">The next event gets the position after this one and is chained to <paramref name="Hash"/>.</param>
internal sealed record Continuation(long Position, byte[] Hash, string? Problem)
{
    /// <summary>
    /// The quick check at start. Damage is never papered over: appending goes on so that the place stays visible to every later check.
    /// With an authentic head the log goes on after the head, chained to it; what was cut off stays a gap, what was added or rewritten
    /// stays a break. Without one nobody can say where the log ended, so one position is left out: a gap of its own.
    /// </summary>
    /// <param name="key">Null when the key is missing.</param>
    /// <param name="isNew">No log was here before this start.</param>
    public static Continuation From(LogTail tail, byte[]? key, bool isNew)
    {
        if (isNew)
        {
            return new Continuation(0, EventHash.Genesis, null);
        }

        var head = tail.Head;
        if (key is null)
        {
            const string problem = "The key of the event log (keys/log.key) is missing: put it back from a backup. Until then the end of the log is not protected";
            // A head that was itself written without the key needs no further gap at every start.
            return head is { Mac.Length: 0 } && head.Hash.Length == EventHash.Size && head.Position >= tail.LastPosition
                ? new Continuation(head.Position, head.Hash, problem)
                : new Continuation(tail.LastPosition + 1, tail.LastHash, problem);
        }

        if (head is null || !head.IsAuthentic(key))
        {
            return new Continuation(tail.LastPosition + 1, tail.LastHash,
                head is null
                    ? $"The head of the event log is missing: whether anything followed position {tail.LastPosition} cannot be known"
                    : $"The head of the event log is not authentic: whether anything followed position {tail.LastPosition} cannot be known");
        }

        var at = Math.Max(head.Position, tail.LastPosition);
        if (tail.LastPosition < head.Position)
        {
            return new Continuation(at, head.Hash, $"The event log ends at position {tail.LastPosition} but its head says {head.Position}: the tail was removed");
        }

        if (tail.LastPosition > head.Position)
        {
            return new Continuation(at, head.Hash, $"The event log has events after its head at position {head.Position}: somebody added them");
        }

        return new Continuation(at, head.Hash,
            tail.LastHash.AsSpan().SequenceEqual(head.Hash) ? null : $"The event at position {at} is not the one that the head names: the log was rewritten");
    }
}
