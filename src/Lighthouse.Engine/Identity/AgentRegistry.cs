using System.Collections.Concurrent;
using Lighthouse.Engine.EventStore.Contracts;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Engine.Platform;
using Microsoft.Extensions.Logging;

namespace Lighthouse.Engine.Identity;

/// <summary>Agents and keys, folded from the log. One thread writes (the store's), any number read.</summary>
internal sealed class AgentRegistry(IChangeSignal signal, ILogger<AgentRegistry> log) : IEventFold, ICredentials
{
    private readonly ConcurrentDictionary<string, AgentRecord> _agents = new();
    private readonly ConcurrentDictionary<KeyHash, KeyRecord> _keys = new();
    private readonly ConcurrentDictionary<string, KeyHash> _hashes = new();

    public event Action<string>? Revoked;
    public event Action<string, string>? Suspended;

    public IReadOnlyCollection<string> Types { get; } =
        [EventTypes.AgentCreated, EventTypes.KeyCreated, EventTypes.KeyRevoked, EventTypes.AgentSuspended, EventTypes.AgentResumed];

    public IEnumerable<AgentRecord> Agents => _agents.Values;
    public IEnumerable<KeyRecord> Keys => _keys.Values;

    // The lookup is by the hash of what was presented, so its timing tells nothing about the hashes that are stored.
    public Caller? Verify(string secret) =>
        KeySecret.Hash(secret) is { } hash && _keys.TryGetValue(hash, out var key) && key.RevokedAt is null ? key.Caller : null;

    public bool IsLive(string keyId) => Key(keyId) is { RevokedAt: null };

    public AgentRecord? Agent(string agentId) => _agents.GetValueOrDefault(agentId);

    public KeyRecord? Key(string keyId) => _hashes.TryGetValue(keyId, out var hash) ? _keys.GetValueOrDefault(hash) : null;

    public bool Knows(KeyHash hash) => _keys.ContainsKey(hash);

    public void Apply(StoredEvent stored)
    {
        switch (stored.Type)
        {
            case EventTypes.AgentCreated when IdentityPayload.Read<AgentCreatedPayload>(stored.Payload) is { } created:
                _agents.TryAdd(created.AgentId, new AgentRecord(
                    created.AgentId, created.Name, created.Owner, created.Profile, stored.OccurredAt, stored.Version, SuspendedReason: null));
                break;
            case EventTypes.KeyCreated when IdentityPayload.Read<KeyCreatedPayload>(stored.Payload) is { } created:
                AddKey(created, stored.OccurredAt);
                break;
            case EventTypes.KeyRevoked when IdentityPayload.Read<KeyRevokedPayload>(stored.Payload) is { } revoked:
                Revoke(revoked.KeyId, stored.OccurredAt);
                break;
            case EventTypes.AgentSuspended when IdentityPayload.Read<AgentSuspendedPayload>(stored.Payload) is { } suspended:
                Suspend(suspended.AgentId, suspended.Reason, stored.Version);
                break;
            case EventTypes.AgentResumed when IdentityPayload.Read<AgentResumedPayload>(stored.Payload) is { } resumed:
                if (_agents.TryGetValue(resumed.AgentId, out var agent))
                {
                    _agents[agent.Id] = agent with { SuspendedReason = null, Version = stored.Version };
                }

                break;
            default:
                log.EventNotUnderstood(stored.Type, stored.Position);
                return;
        }

        signal.Publish(ChangeTopic.Agents);
    }

    private void AddKey(KeyCreatedPayload created, DateTimeOffset at)
    {
        var role = KeyRoles.Parse(created.Role);
        var roots = created.WorkspaceRoots ?? [];
        var agent = created.AgentId is null ? null : _agents.GetValueOrDefault(created.AgentId);
        // A key without a role, or of an agent that does not exist, opens nothing.
        if (role == Roles.None || (role == Roles.Agent) != (agent is not null) || KeyHash.Parse(created.Hash) is not { } hash)
        {
            return;
        }

        var identity = agent is null ? null : new AgentIdentity(agent.Id, agent.Name, agent.Owner, agent.Profile, roots);
        var caller = new Caller(created.KeyId, CallerKind.Key, role, created.Name, created.Owner, identity);
        // A secret belongs to the first key that had it, also once revoked: nobody brings a revoked secret back to life.
        if (_keys.TryAdd(hash, new KeyRecord(hash, caller, role, at, RevokedAt: null) { WorkspaceRoots = roots }))
        {
            _hashes.TryAdd(created.KeyId, hash);
        }
    }

    private void Revoke(string keyId, DateTimeOffset at)
    {
        if (Key(keyId) is { RevokedAt: null } key)
        {
            _keys[key.Hash] = key with { RevokedAt = at };
            Tell(() => Revoked?.Invoke(keyId));
        }
    }

    private void Suspend(string agentId, string reason, long version)
    {
        if (_agents.TryGetValue(agentId, out var agent))
        {
            _agents[agentId] = agent with { SuspendedReason = reason, Version = version };
            Tell(() => Suspended?.Invoke(agentId, reason));
        }
    }

    private void Tell(Action raise)
    {
        try
        {
            raise();
        }
        catch (Exception exception)
        {
            // The change is durable and in force; a listener's fault must not stop the store's thread.
            log.ListenerFailed(exception);
        }
    }
}
