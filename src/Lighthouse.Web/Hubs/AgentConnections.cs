using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Lighthouse.Contracts;
using Lighthouse.Engine.Experts.Contracts;
using Lighthouse.Engine.Identity.Contracts;
using Microsoft.AspNetCore.SignalR;

namespace Lighthouse.Web.Hubs;

/// <summary>
/// Open agent connections: who waits for which escalation, and which to cut when a key is revoked. The engine's events only write to
/// the connections' own queues; a connection that lets its queue fill up is cut.
/// </summary>
internal sealed class AgentConnections(
    IHubContext<AgentHub, IAgentClient> hub, IEscalationInbox inbox, ICredentials credentials, IAgentDirectory agents, IEmergencyStop stop,
    ILogger<AgentConnections> log) : IHostedService
{
    private readonly ConcurrentDictionary<string, Connection> _connections = new();

    // A set that is given up when it is empty must not be the one that somebody else has just been handed: all edits are under one lock.
    private readonly Lock _edits = new();
    private readonly Dictionary<string, HashSet<string>> _waiting = [];

    public void Add(HubCallerContext context, string keyId, string agentId)
    {
        var outbox = new Outbox(log);
        _connections[context.ConnectionId] = new Connection(context, keyId, agentId, [], outbox);
        _ = outbox.RunAsync();
    }

    public void Remove(string connectionId)
    {
        if (_connections.TryRemove(connectionId, out var connection))
        {
            lock (_edits)
            {
                foreach (var escalation in connection.Waits)
                {
                    Forget_NeedsLock(escalation, connectionId);
                }

                connection.Waits.Clear();
            }

            connection.Outbox.Close();
        }
    }

    public bool IsLive(string keyId) => credentials.IsLive(keyId);

    public void Subscribe(string escalationId, string connectionId)
    {
        lock (_edits)
        {
            // Looked up under the lock: a connection that goes at this moment takes the subscription with it.
            if (_connections.TryGetValue(connectionId, out var connection) && connection.Waits.Add(escalationId))
            {
                (CollectionsMarshal.GetValueRefOrAddDefault(_waiting, escalationId, out _) ??= []).Add(connectionId);
            }
        }
    }

    /// <returns>True for exactly one caller per subscription: whoever gets it delivers.</returns>
    public bool Unsubscribe(string escalationId, string connectionId)
    {
        lock (_edits)
        {
            if (_connections.TryGetValue(connectionId, out var connection))
            {
                connection.Waits.Remove(escalationId);
            }

            return Forget_NeedsLock(escalationId, connectionId);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        inbox.Decided += OnDecided;
        credentials.Revoked += OnRevoked;
        agents.Suspended += OnSuspended;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        inbox.Decided -= OnDecided;
        credentials.Revoked -= OnRevoked;
        agents.Suspended -= OnSuspended;
        return Task.CompletedTask;
    }

    private void OnDecided(Escalation escalation)
    {
        if (escalation.Decision!.Verdict == Verdict.Allow && (stop.Engaged is not null || agents.IsSuspended(escalation.Agent.Id)))
        {
            // Stopped between the vote and now: the approval is recorded, but nobody is let go.
            return;
        }

        foreach (var (connectionId, connection) in TakeWaiters(escalation.Id))
        {
            Send(connection, () => hub.Clients.Client(connectionId).DecisionMade(escalation.Decision!));
        }
    }

    private List<(string Id, Connection Connection)> TakeWaiters(string escalationId)
    {
        var taken = new List<(string, Connection)>();
        lock (_edits)
        {
            if (_waiting.Remove(escalationId, out var waiters))
            {
                foreach (var id in waiters)
                {
                    if (_connections.TryGetValue(id, out var connection))
                    {
                        connection.Waits.Remove(escalationId);
                        taken.Add((id, connection));
                    }
                }
            }
        }

        return taken;
    }

    private bool Forget_NeedsLock(string escalationId, string connectionId)
    {
        if (!_waiting.TryGetValue(escalationId, out var waiters) || !waiters.Remove(connectionId))
        {
            return false;
        }

        if (waiters.Count == 0)
        {
            _waiting.Remove(escalationId);
        }

        return true;
    }

    private void OnRevoked(string keyId)
    {
        foreach (var (_, connection) in _connections)
        {
            if (connection.KeyId == keyId)
            {
                connection.Context.Abort();
            }
        }
    }

    private void OnSuspended(string agentId, string reason)
    {
        foreach (var (connectionId, connection) in _connections)
        {
            if (connection.AgentId == agentId)
            {
                Send(connection, () => hub.Clients.Client(connectionId).Suspended(reason));
            }
        }
    }

    private void Send(Connection connection, Func<Task> message)
    {
        // Whose queue was closed before is gone or cut already, and not slow.
        if (!connection.Outbox.TryAdd(message) && connection.Outbox.Close())
        {
            // It comes back with an empty queue and asks for what it missed, or it is gone for good.
            log.SlowConnectionCut(connection.AgentId);
            connection.Context.Abort();
        }
    }

    private sealed record Connection(HubCallerContext Context, string KeyId, string AgentId, HashSet<string> Waits, Outbox Outbox);
}
