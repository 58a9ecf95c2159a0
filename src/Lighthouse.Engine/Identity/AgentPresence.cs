using System.Collections.Concurrent;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Engine.Platform;

namespace Lighthouse.Engine.Identity;

internal sealed class AgentPresence(TimeProvider time, IChangeSignal signal) : IAgentPresence
{
    private readonly ConcurrentDictionary<string, Entry> _entries = new();
    private int _connected;

    public int ConnectedAgents => Volatile.Read(ref _connected);

    public void Connected(string agentId, string connectionId)
    {
        var entry = _entries.GetOrAdd(agentId, static _ => new Entry());
        lock (entry.Connections)
        {
            if (entry.Connections.Add(connectionId) && entry.Connections.Count == 1)
            {
                Interlocked.Increment(ref _connected);
            }
        }

        Heard(agentId);
        signal.Publish(ChangeTopic.Agents);
    }

    public void Disconnected(string agentId, string connectionId)
    {
        if (!_entries.TryGetValue(agentId, out var entry))
        {
            return;
        }

        lock (entry.Connections)
        {
            if (entry.Connections.Remove(connectionId) && entry.Connections.Count == 0)
            {
                Interlocked.Decrement(ref _connected);
            }
        }

        signal.Publish(ChangeTopic.Agents);
    }

    // On the path of every request: one lookup and one store, no signal.
    public void Heard(string agentId) =>
        Volatile.Write(ref _entries.GetOrAdd(agentId, static _ => new Entry()).HeardTicks, time.GetUtcNow().UtcTicks);

    public int Connections(string agentId)
    {
        if (!_entries.TryGetValue(agentId, out var entry))
        {
            return 0;
        }

        lock (entry.Connections)
        {
            return entry.Connections.Count;
        }
    }

    public DateTimeOffset? LastHeard(string agentId) =>
        _entries.TryGetValue(agentId, out var entry) && Volatile.Read(ref entry.HeardTicks) is > 0 and var ticks
            ? new DateTimeOffset(ticks, TimeSpan.Zero)
            : null;

    private sealed class Entry
    {
        public long HeardTicks;

        public HashSet<string> Connections { get; } = [];
    }
}
