using System.Collections.Concurrent;
using System.Threading.Channels;
using Lighthouse.Contracts;
using Lighthouse.Engine.Experts.Contracts;
using Lighthouse.Engine.Identity.Contracts;
using Microsoft.AspNetCore.SignalR;

namespace Lighthouse.Web.Hubs;

/// <summary>
/// Open agent connections: who waits for which escalation, and which to cut when a key is revoked. The engine's events only write to
/// a bounded channel; one pump talks to the connections.
/// </summary>
internal sealed class AgentConnections(
    IHubContext<AgentHub, IAgentClient> hub, IEscalationInbox inbox, ICredentials credentials, IAgentDirectory agents, IEmergencyStop stop,
    ILogger<AgentConnections> log) : BackgroundService
{
    private const int PumpCapacity = 65_536;

    private readonly ConcurrentDictionary<string, Connection> _connections = new();
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, byte>> _waiting = new();
    private readonly Channel<Func<Task>> _work = Channel.CreateBounded<Func<Task>>(new BoundedChannelOptions(PumpCapacity) { SingleReader = true });

    public void Add(HubCallerContext context, string keyId, string agentId) =>
        _connections[context.ConnectionId] = new Connection(context, keyId, agentId, []);

    public void Remove(string connectionId)
    {
        if (_connections.TryRemove(connectionId, out var connection))
        {
            foreach (var escalation in connection.Waits.Keys)
            {
                Unsubscribe(escalation, connectionId);
            }
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

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        inbox.Decided += OnDecided;
        credentials.Revoked += OnRevoked;
        agents.Suspended += OnSuspended;
        try
        {
            await foreach (var work in _work.Reader.ReadAllAsync(stoppingToken))
            {
                try
                {
                    await work();
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    log.DeliveryFailed(exception);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops; agents reconnect to the next one and ask again.
        }
        finally
        {
            inbox.Decided -= OnDecided;
            credentials.Revoked -= OnRevoked;
            agents.Suspended -= OnSuspended;
        }
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
            if (Unsubscribe(escalation.Id, connectionId))
            {
                Enqueue(() => hub.Clients.Client(connectionId).DecisionMade(escalation.Decision!));
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
                Enqueue(() => hub.Clients.Client(connectionId).Suspended(reason));
            }
        }
    }

    private void Enqueue(Func<Task> work)
    {
        if (!_work.Writer.TryWrite(work))
        {
            log.DeliveryDropped();
        }
    }

    private sealed record Connection(HubCallerContext Context, string KeyId, string AgentId, ConcurrentDictionary<string, byte> Waits);
}
