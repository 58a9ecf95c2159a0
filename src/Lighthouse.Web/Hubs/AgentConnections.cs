using System.Collections.Concurrent;
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
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, byte>> _waiting = new();

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
            foreach (var escalation in connection.Waits.Keys)
            {
                Unsubscribe(escalation, connectionId);
            }

            connection.Outbox.Close();
        }
    }

    public bool IsLive(string keyId) => credentials.IsLive(keyId);

    public void Subscribe(string escalationId, string connectionId)
    {
        if (_connections.TryGetValue(connectionId, out var connection) && connection.Waits.TryAdd(escalationId, 0))
        {
            _waiting.GetOrAdd(escalationId, _ => new())[connectionId] = 0;
        }
    }

    /// <returns>True for exactly one caller per subscription: whoever gets it delivers.</returns>
    public bool Unsubscribe(string escalationId, string connectionId)
    {
        if (_connections.TryGetValue(connectionId, out var connection))
        {
            connection.Waits.TryRemove(escalationId, out _);
        }

        if (!_waiting.TryGetValue(escalationId, out var waiters) || !waiters.TryRemove(connectionId, out _))
        {
            return false;
        }

        if (waiters.IsEmpty)
        {
            _waiting.TryRemove(new(escalationId, waiters));
        }

        return true;
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
        if (!_waiting.TryGetValue(escalation.Id, out var waiters))
        {
            return;
        }

        if (escalation.Decision!.Verdict == Verdict.Allow && (stop.Engaged is not null || agents.IsSuspended(escalation.Agent.Id)))
        {
            // Stopped between the vote and now: the approval is recorded, but nobody is let go.
            return;
        }

        foreach (var connectionId in waiters.Keys)
        {
            if (_connections.TryGetValue(connectionId, out var connection) && Unsubscribe(escalation.Id, connectionId))
            {
                Send(connection, () => hub.Clients.Client(connectionId).DecisionMade(escalation.Decision!));
            }
        }
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
        if (!connection.Outbox.TryAdd(message))
        {
            // It comes back with an empty queue and asks for what it missed, or it is gone for good.
            log.SlowConnectionCut(connection.AgentId);
            connection.Outbox.Close();
            connection.Context.Abort();
        }
    }

    private sealed record Connection(HubCallerContext Context, string KeyId, string AgentId, ConcurrentDictionary<string, byte> Waits, Outbox Outbox);
}
