using System.Diagnostics.CodeAnalysis;
using Lighthouse.Contracts;
using Lighthouse.Engine.EventStore.Contracts;
using Lighthouse.Engine.Platform;
using Microsoft.Extensions.Options;

namespace Lighthouse.Engine.Experts;

/// <summary>All open escalations and the last decided ones, folded from the log.</summary>
internal sealed class EscalationBook(IOptions<ExpertsOptions> options, IChangeSignal signal) : IEventFold
{
    public const string StreamPrefix = "escalation-";

    private readonly Lock _lock = new();
    private readonly Dictionary<string, EscalationEntry> _entries = [];
    private readonly Dictionary<(string Agent, string Key), string> _openByKey = [];
    private readonly Dictionary<string, int> _openByAgent = [];
    private readonly Queue<string> _closed = new();
    private readonly Dictionary<string, TaskCompletionSource<Escalation>> _waiters = [];
    private volatile int _open;

    public IReadOnlyCollection<string> Types { get; } =
    [
        EventTypes.EscalationOpened, EventTypes.EscalationJoined, EventTypes.EscalationClaimed, EventTypes.EscalationReleased,
        EventTypes.EscalationCommented, EventTypes.EscalationVoted, EventTypes.EscalationHoldEnded, EventTypes.EscalationDecided,
    ];

    public event Action<Escalation>? Decided;

    public int OpenCount => _open;

    public EscalationEntry? Find(string id)
    {
        lock (_lock)
        {
            return _entries.GetValueOrDefault(id);
        }
    }

    public EscalationEntry? FindOpen(string agentId, string requestKey)
    {
        lock (_lock)
        {
            return _openByKey.TryGetValue((agentId, requestKey), out var id) ? _entries[id] : null;
        }
    }

    public int OpenOf(string agentId)
    {
        lock (_lock)
        {
            return _openByAgent.GetValueOrDefault(agentId);
        }
    }

    public IReadOnlyList<EscalationEntry> All()
    {
        lock (_lock)
        {
            return [.. _entries.Values];
        }
    }

    /// <summary>A task that completes with the final state; false for an escalation that is not in memory.</summary>
    public bool TryGetCompletion(string id, [NotNullWhen(true)] out Task<Escalation>? completion)
    {
        lock (_lock)
        {
            if (!_entries.TryGetValue(id, out var entry))
            {
                completion = null;
                return false;
            }

            if (!entry.IsOpen)
            {
                completion = Task.FromResult(entry.View);
                return true;
            }

            if (!_waiters.TryGetValue(id, out var waiter))
            {
                _waiters[id] = waiter = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            completion = waiter.Task;
            return true;
        }
    }

    public void Apply(StoredEvent stored)
    {
        Escalation? decided = null;
        TaskCompletionSource<Escalation>? waiter = null;
        lock (_lock)
        {
            var id = stored.Stream[StreamPrefix.Length..];
            var before = _entries.GetValueOrDefault(id);
            var after = stored.Type == EventTypes.EscalationOpened ? EscalationEntry.Open(stored) : before?.Apply(stored);
            if (after is null)
            {
                return;
            }

            _entries[id] = after;
            if (after.IsOpen && before is null)
            {
                Opened_NeedsLock(after);
            }
            else if (!after.IsOpen && before is { IsOpen: true })
            {
                Closed_NeedsLock(after);
                decided = after.View;
                _waiters.Remove(id, out waiter);
            }
        }

        if (decided is not null)
        {
            waiter?.TrySetResult(decided);
            Decided?.Invoke(decided);
        }

        signal.Publish(ChangeTopic.Escalations);
    }

    private void Opened_NeedsLock(EscalationEntry entry)
    {
        var agent = entry.View.Agent.Id;
        _openByKey[(agent, entry.RequestKey)] = entry.View.Id;
        _openByAgent[agent] = _openByAgent.GetValueOrDefault(agent) + 1;
        _open++;
    }

    private void Closed_NeedsLock(EscalationEntry entry)
    {
        var agent = entry.View.Agent.Id;
        _openByKey.Remove((agent, entry.RequestKey));
        if (--_openByAgent[agent] == 0)
        {
            _openByAgent.Remove(agent);
        }

        _open--;
        _closed.Enqueue(entry.View.Id);
        while (_closed.Count > options.Value.ClosedKept)
        {
            _entries.Remove(_closed.Dequeue());
        }
    }
}
