using Lighthouse.Contracts;
using Lighthouse.Engine.EventStore.Contracts;

namespace Lighthouse.Engine.Tests.Identity;

/// <summary>The store's promises without a disk: expected versions, all or nothing, folds before the acknowledgement.</summary>
internal sealed class MemoryEventStore(TimeProvider time) : IEventStore
{
    private readonly Lock _gate = new();
    private readonly List<StoredEvent> _events = [];
    private readonly List<IEventFold> _folds = [];

    public long Head => _events.Count;
    public IReadOnlyList<StoredEvent> Events => _events;
    public EventStoreHealth Health => new(Writable: true, Problem: null, QueueDepth: 0, Head);

    /// <summary>Runs once, after the caller has read the state and before its append: where a race would strike.</summary>
    public Func<Task>? BeforeNextAppend { get; set; }

    public void Attach(IEventFold fold)
    {
        _folds.Add(fold);
        foreach (var stored in _events.Where(stored => fold.Types.Contains(stored.Type)))
        {
            fold.Apply(stored);
        }
    }

    public void DetachAll() => _folds.Clear();

    public async ValueTask<AppendResult> AppendAsync(IReadOnlyList<NewEvent> events, CancellationToken cancellationToken)
    {
        if (BeforeNextAppend is { } race)
        {
            BeforeNextAppend = null;
            await race();
        }

        lock (_gate)
        {
            foreach (var one in events)
            {
                var version = Version(one.Stream);
                if (one.ExpectedVersion is { } expected && expected != version)
                {
                    throw new ConcurrencyException(one.Stream, expected, version);
                }
            }

            var first = Head + 1;
            foreach (var one in events)
            {
                var stored = new StoredEvent(Head + 1, one.Stream, Version(one.Stream) + 1, one.Type, time.GetUtcNow(), one.Actor, one.Payload);
                _events.Add(stored);
                foreach (var fold in _folds.Where(fold => fold.Types.Contains(stored.Type)))
                {
                    fold.Apply(stored);
                }
            }

            return new AppendResult(first, time.GetUtcNow());
        }
    }

    public ValueTask<IReadOnlyList<StoredEvent>> ReadAsync(EventQuery query, CancellationToken cancellationToken) =>
        new([.. _events.Where(stored => stored.Position > query.After).Take(query.Limit)]);

    public ValueTask<IReadOnlyList<StoredEvent>> ReadStreamAsync(string stream, CancellationToken cancellationToken) =>
        new([.. _events.Where(stored => stored.Stream == stream)]);

    public Task<VerifyReport> VerifyAsync(IProgress<long>? progress, CancellationToken cancellationToken) => throw new NotSupportedException();

    private long Version(string stream) => _events.Count(stored => stored.Stream == stream);
}
