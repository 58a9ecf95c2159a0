using Lighthouse.Contracts;
using Lighthouse.Engine.EventStore.Contracts;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Engine.Platform;
using Microsoft.Extensions.Logging;

namespace Lighthouse.Engine.Identity;

/// <summary>Changes agents and keys by appending events; the registry is what those events add up to.</summary>
internal sealed class AgentDirectory(AgentRegistry registry, IEventStore store, TimeProvider time, ILogger<AgentDirectory> log) : IAgentDirectory
{
    private const string StandardProfile = "guarded";

    public event Action<string, string>? Suspended
    {
        add => registry.Suspended += value;
        remove => registry.Suspended -= value;
    }

    public IReadOnlyList<AgentSummary> Agents()
    {
        var keys = registry.Keys.Where(static key => key.AgentId is not null).ToLookup(static key => key.AgentId!);
        return [.. registry.Agents.OrderBy(static agent => agent.CreatedAt).ThenBy(static agent => agent.Id).Select(agent => Summary(agent, keys[agent.Id]))];
    }

    public IReadOnlyList<KeySummary> Keys() =>
        [.. registry.Keys.OrderBy(static key => key.CreatedAt).ThenBy(static key => key.Id).Select(static key => key.Summary())];

    public AgentSummary? Find(string agentId) =>
        registry.Agent(agentId) is { } agent ? Summary(agent, registry.Keys.Where(key => key.AgentId == agentId)) : null;

    // An agent nobody knows is no agent that may act.
    public bool IsSuspended(string agentId) => registry.Agent(agentId) is not { SuspendedReason: null };

    public async Task<CreatedKey> CreateKeyAsync(Caller caller, NewKey key, CancellationToken cancellationToken)
    {
        var role = NewKeyCheck.Role(key.Role);
        var (name, owner, roots) = (NewKeyCheck.Name(key.Name), NewKeyCheck.Name(key.Owner, "owner"), NewKeyCheck.Roots(key.WorkspaceRoots));
        KeyRules.MayCreate(caller, key.Role, owner);
        FreshPassword.RequireHere(caller, time);
        var secret = NewKeyCheck.Secret(key.Secret) ?? KeySecret.Generate(role);
        var events = new List<NewEvent>(2);
        var agentId = key.AgentId;
        if (agentId is not null)
        {
            var agent = ExistingAgent(agentId);
            if (key.Role != Roles.Agent || agent.Owner != owner)
            {
                throw new LighthouseException(ErrorCodes.InvalidField, "A further key of an agent has role agent and the agent's owner.");
            }
        }
        else if (key.Role == Roles.Agent)
        {
            agentId = Ids.New("a", time);
            events.Add(new NewEvent(
                Streams.Agent(agentId), 0, EventTypes.AgentCreated, caller.Actor,
                IdentityPayload.Write(new AgentCreatedPayload(agentId, name, owner, StandardProfile))));
        }

        var (keyId, created) = KeyEvent(caller, secret, name, role, owner, agentId, roots);
        events.Add(created);
        await AppendAsync(events, cancellationToken);
        return Registered(caller, keyId, secret, role, owner, agentId);
    }

    public async Task<CreatedKey> RotateKeyAsync(Caller caller, string keyId, CancellationToken cancellationToken)
    {
        var old = LiveKey(keyId);
        KeyRules.MayCreate(caller, old.Role, old.Owner);
        FreshPassword.RequireHere(caller, time);
        var role = KeyRoles.Word(old.Role)!;
        var secret = KeySecret.Generate(role);
        var (newId, created) = KeyEvent(caller, secret, old.Caller.Name, role, old.Owner, old.AgentId, old.WorkspaceRoots);
        await AppendAsync([created, RevokedEvent(caller, old, new KeyRevokedPayload(keyId, "rotated", newId))], cancellationToken);
        log.KeyRevoked(caller.Actor, keyId);
        return Registered(caller, newId, secret, role, old.Owner, old.AgentId);
    }

    public async Task RevokeKeyAsync(Caller caller, string keyId, string reason, CancellationToken cancellationToken)
    {
        var why = NewKeyCheck.Reason(reason);
        var key = registry.Key(keyId) ?? throw NoKey(keyId);
        KeyRules.MayRevoke(caller, key);
        if (key.RevokedAt is null)
        {
            await AppendAsync([RevokedEvent(caller, key, new KeyRevokedPayload(keyId, why))], cancellationToken);
            log.KeyRevoked(caller.Actor, keyId);
        }
    }

    public async Task SuspendAsync(Caller caller, string agentId, string reason, CancellationToken cancellationToken)
    {
        var why = NewKeyCheck.Reason(reason);
        var agent = ExistingAgent(agentId);
        KeyRules.MaySuspend(caller, agent);
        if (agent.SuspendedReason is null)
        {
            await AppendAsync(
                [new NewEvent(Streams.Agent(agentId), agent.Version, EventTypes.AgentSuspended, caller.Actor, IdentityPayload.Write(new AgentSuspendedPayload(agentId, why)))],
                cancellationToken);
            log.AgentSuspended(caller.Actor, agentId);
        }
    }

    public async Task ResumeAsync(Caller caller, string agentId, CancellationToken cancellationToken)
    {
        var agent = ExistingAgent(agentId);
        KeyRules.MayResume(caller);
        FreshPassword.RequireHere(caller, time);
        if (agent.SuspendedReason is not null)
        {
            await AppendAsync(
                [new NewEvent(Streams.Agent(agentId), agent.Version, EventTypes.AgentResumed, caller.Actor, IdentityPayload.Write(new AgentResumedPayload(agentId)))],
                cancellationToken);
            log.AgentResumed(caller.Actor, agentId);
        }
    }

    private static AgentSummary Summary(AgentRecord agent, IEnumerable<KeyRecord> keys)
    {
        KeyRecord[] own = [.. keys.OrderBy(static key => key.CreatedAt).ThenBy(static key => key.Id)];
        return new AgentSummary(
            agent.Id, agent.Name, agent.Owner, agent.Profile, agent.SuspendedReason is not null, agent.SuspendedReason, agent.CreatedAt,
            [.. own.Select(static key => key.Summary())],
            [.. own.Where(static key => key.RevokedAt is null).SelectMany(static key => key.WorkspaceRoots).Distinct()]);
    }

    private (string Id, NewEvent Event) KeyEvent(
        Caller caller, string secret, string name, string role, string owner, string? agentId, IReadOnlyList<string> roots)
    {
        var hash = KeySecret.Hash(secret)!.Value;
        if (registry.Knows(hash))
        {
            throw InUse();
        }

        var id = Ids.New("k", time);
        var payload = new KeyCreatedPayload(id, hash.ToString(), name, role, owner, agentId, roots);
        return (id, new NewEvent(Streams.Key(id), 0, EventTypes.KeyCreated, caller.Actor, IdentityPayload.Write(payload)));
    }

    private static NewEvent RevokedEvent(Caller caller, KeyRecord key, KeyRevokedPayload payload) =>
        new(Streams.Key(key.Id), 1, EventTypes.KeyRevoked, caller.Actor, IdentityPayload.Write(payload));

    private CreatedKey Registered(Caller caller, string keyId, string secret, string role, string owner, string? agentId)
    {
        // Two callers may choose the same secret at the same moment: the log's order decides, and the later one learns it here.
        _ = registry.Key(keyId) ?? throw InUse();
        log.KeyCreated(caller.Actor, keyId, role, owner);
        return new CreatedKey(keyId, secret, agentId);
    }

    private async Task AppendAsync(IReadOnlyList<NewEvent> events, CancellationToken cancellationToken)
    {
        try
        {
            await store.AppendAsync(events, cancellationToken);
        }
        catch (ConcurrencyException exception)
        {
            throw new LighthouseException(ErrorCodes.Conflict, "Somebody else changed this at the same moment; nothing of yours was stored. Look again.", inner: exception);
        }
    }

    private AgentRecord ExistingAgent(string agentId) =>
        registry.Agent(agentId) ?? throw new LighthouseException(ErrorCodes.NotFound, $"There is no agent {agentId}.");

    private KeyRecord LiveKey(string keyId) => registry.Key(keyId) switch
    {
        null => throw NoKey(keyId),
        { RevokedAt: not null } => throw new LighthouseException(ErrorCodes.Conflict, $"Key {keyId} is revoked; create a new one instead."),
        var key => key,
    };

    private static LighthouseException NoKey(string keyId) => new(ErrorCodes.NotFound, $"There is no key {keyId}.");

    private static LighthouseException InUse() => new(ErrorCodes.Conflict, "This secret belongs to a key already, perhaps a revoked one. Choose another.");
}
