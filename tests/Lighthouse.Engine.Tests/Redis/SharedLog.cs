using Lighthouse.Contracts;
using Lighthouse.Engine.EventStore.Contracts;
using Microsoft.Extensions.DependencyInjection;

namespace Lighthouse.Engine.Tests.Redis;

/// <summary>One log that several nodes append to, as a shared database will be.</summary>
internal sealed class SharedLog
{
    private readonly Lock _gate = new();
    private readonly List<StoredEvent> _events = [];

    public long Head
    {
        get
        {
            lock (_gate)
            {
                return _events.Count;
            }
        }
    }

    public AppendResult Append(IReadOnlyList<NewEvent> events)
    {
        lock (_gate)
        {
            var now = TimeProvider.System.GetUtcNow();
            var first = _events.Count + 1;
            foreach (var one in events)
            {
                var version = _events.Count(stored => stored.Stream == one.Stream);
                if (one.ExpectedVersion is { } expected && expected != version)
                {
                    _events.RemoveRange(first - 1, _events.Count - first + 1);
                    throw new ConcurrencyException(one.Stream, expected, version);
                }

                _events.Add(new StoredEvent(_events.Count + 1, one.Stream, version + 1, one.Type, now, one.Actor, one.Payload));
            }

            return new AppendResult(first, now);
        }
    }

    public IReadOnlyList<StoredEvent> After(long position)
    {
        lock (_gate)
        {
            return [.. _events.Skip((int)position)];
        }
    }
}

/// <summary>
/// The shared log as one node sees it. It follows only when it is told to: an append of a decision alone, which no fold wants, brings no news
/// of the others, so nothing here is up to date by accident.
/// </summary>
internal sealed class SharedLogView(SharedLog log, IServiceProvider services) : IEventStore
{
    private readonly Lock _gate = new();
    private readonly Lazy<IEventFold[]> _folds = new(() => [.. services.GetServices<IEventFold>()]);
    private long _applied;

    public bool Unreadable { get; set; }

    public bool IsSoleWriter => false;

    public long Head => log.Head;

    public EventStoreHealth Health => new(Writable: true, Problem: null, QueueDepth: 0, Head);

    public async ValueTask<AppendResult> AppendAsync(IReadOnlyList<NewEvent> events, CancellationToken cancellationToken)
    {
        await Task.Yield();
        var result = log.Append(events);
        if (events.Any(static one => one.Type != EventTypes.DecisionRecorded))
        {
            Apply();
        }

        return result;
    }

    public async ValueTask CatchUpAsync(CancellationToken cancellationToken)
    {
        await Task.Yield();
        if (Unreadable)
        {
            throw new IOException("The log cannot be read.");
        }

        Apply();
    }

    public ValueTask<IReadOnlyList<StoredEvent>> ReadAsync(EventQuery query, CancellationToken cancellationToken) =>
        new([.. log.After(query.After).Where(stored => query.Type is null || stored.Type == query.Type).Take(query.Limit)]);

    public ValueTask<IReadOnlyList<StoredEvent>> ReadStreamAsync(string stream, CancellationToken cancellationToken) =>
        new([.. log.After(0).Where(stored => stored.Stream == stream)]);

    public Task<VerifyReport> VerifyAsync(IProgress<long>? progress, CancellationToken cancellationToken) => throw new NotSupportedException();

    private void Apply()
    {
        lock (_gate)
        {
            foreach (var stored in log.After(_applied))
            {
                foreach (var fold in _folds.Value.Where(fold => stored.Type != EventTypes.DecisionRecorded && fold.Types.Contains(stored.Type)))
                {
                    fold.Apply(stored);
                }

                _applied = stored.Position;
            }
        }
    }
}
