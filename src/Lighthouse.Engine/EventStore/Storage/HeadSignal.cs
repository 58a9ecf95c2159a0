namespace Lighthouse.Engine.EventStore.Storage;

/// <summary>The position of the last durable event, and a wake-up for those who follow it. Costs the writer nothing while nobody waits.</summary>
internal sealed class HeadSignal
{
    private long _head;
    private TaskCompletionSource? _waiting;

    public long Head => Interlocked.Read(ref _head);

    public void Advance(long head)
    {
        Interlocked.Exchange(ref _head, head);
        Interlocked.Exchange(ref _waiting, null)?.TrySetResult();
    }

    public async Task WaitAsync(long after, CancellationToken cancellationToken)
    {
        while (Head <= after)
        {
            var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var waiting = Interlocked.CompareExchange(ref _waiting, mine, null) ?? mine;
            // Looked at again after joining: the head may have moved in between, and nobody would wake us.
            if (Head > after)
            {
                return;
            }

            await waiting.Task.WaitAsync(cancellationToken);
        }
    }
}
