namespace Lighthouse.Engine.EventStore.Storage;

/// <summary>
/// The bounded queue in front of the writer, bounded by events and by bytes. The writer owns a thread and takes all that waits at
/// once: the longer a commit takes, the more callers share the next one.
/// </summary>
internal sealed class AppendQueue(int maxEvents, long maxBytes) : IDisposable
{
    private readonly Lock _enter = new();
    private readonly Queue<PendingAppend> _waiting = new();
    private readonly SemaphoreSlim _arrived = new(0, 1);
    private int _events;
    private long _bytes;
    private bool _closed;

    public int Depth => Volatile.Read(ref _events);

    public QueueAnswer TryAdd(PendingAppend append)
    {
        lock (_enter)
        {
            if (_closed)
            {
                return QueueAnswer.Closed;
            }

            // An append larger than the bound still passes through an empty queue.
            if (_events > 0 && (_events + append.Events.Count > maxEvents || _bytes + append.Bytes > maxBytes))
            {
                return QueueAnswer.Full;
            }

            _waiting.Enqueue(append);
            _events += append.Events.Count;
            _bytes += append.Bytes;
            Wake_NeedsLock();
            return QueueAnswer.Taken;
        }
    }

    /// <summary>Fills the batch with what waits, at least one append and at most so many events and bytes.</summary>
    /// <returns>False when the time is up with nothing to do; the batch is then empty. Also false, for ever, once closed and drained.</returns>
    public bool Take(List<PendingAppend> batch, int batchEvents, long batchBytes, TimeSpan patience)
    {
        batch.Clear();
        _arrived.Wait(patience);
        lock (_enter)
        {
            var (events, bytes) = (0, 0L);
            while (_waiting.TryPeek(out var next) &&
                (batch.Count == 0 || (events + next.Events.Count <= batchEvents && bytes + next.Bytes <= batchBytes)))
            {
                batch.Add(_waiting.Dequeue());
                events += next.Events.Count;
                bytes += next.Bytes;
            }

            _events -= events;
            _bytes -= bytes;
            if (_waiting.Count > 0 || _closed)
            {
                Wake_NeedsLock();
            }

            return batch.Count > 0;
        }
    }

    public bool IsDrained
    {
        get
        {
            lock (_enter)
            {
                return _closed && _waiting.Count == 0;
            }
        }
    }

    /// <summary>Takes no more; what waits is still written.</summary>
    public void Close()
    {
        lock (_enter)
        {
            _closed = true;
            Wake_NeedsLock();
        }
    }

    /// <summary>Only after it was closed and drained.</summary>
    public void Dispose() => _arrived.Dispose();

    private void Wake_NeedsLock()
    {
        if (_arrived.CurrentCount == 0)
        {
            _arrived.Release();
        }
    }
}

internal enum QueueAnswer { Taken, Full, Closed }
