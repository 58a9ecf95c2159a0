using Lighthouse.Engine.EventStore.Contracts;

namespace Lighthouse.Engine.EventStore.Storage;

/// <summary>One caller's events on their way to the disk.</summary>
internal sealed class PendingAppend(IReadOnlyList<NewEvent> events, long bytes, long enqueuedAt)
{
    // Continuations of a thousand callers must not run on the writer's thread.
    private readonly TaskCompletionSource<AppendResult> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<NewEvent> Events { get; } = events;
    public long Bytes { get; } = bytes;
    public long EnqueuedAt { get; } = enqueuedAt;
    public Task<AppendResult> Done => _done.Task;

    /// <summary>Set while the batch is written; told to the caller only when the batch is durable, because it may rest on the batch's own events.</summary>
    public ConcurrencyException? Conflict { get; set; }
    public AppendResult Result { get; set; }

    public void Complete()
    {
        if (Conflict is null)
        {
            _done.TrySetResult(Result);
        }
        else
        {
            _done.TrySetException(Conflict);
        }
    }

    public void Fail(Exception exception) => _done.TrySetException(exception);
}
