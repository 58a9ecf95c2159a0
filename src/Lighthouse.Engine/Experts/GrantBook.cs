using Lighthouse.Engine.EventStore.Contracts;
using Lighthouse.Engine.Experts.Contracts;

namespace Lighthouse.Engine.Experts;

/// <summary>Grants that can still be used, folded from the log. Expired ones are dropped when they are met.</summary>
internal sealed class GrantBook(TimeProvider time) : IEventFold
{
    public const string StreamPrefix = "grant-";

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Grant> _byId = [];
    private readonly Dictionary<(string Agent, string Key), Grant> _byRequest = [];

    public IReadOnlyCollection<string> Types { get; } = [EventTypes.GrantCreated, EventTypes.GrantConsumed, EventTypes.GrantRevoked];

    public Grant? Find(string agentId, string requestKey)
    {
        lock (_lock)
        {
            if (!_byRequest.TryGetValue((agentId, requestKey), out var grant))
            {
                return null;
            }

            if (grant.ExpiresAt > time.GetUtcNow())
            {
                return grant;
            }

            Remove_NeedsLock(grant.Id);
            return null;
        }
    }

    public Grant? Find(string id)
    {
        lock (_lock)
        {
            return _byId.GetValueOrDefault(id) is { } grant && grant.ExpiresAt > time.GetUtcNow() ? grant : null;
        }
    }

    public void Apply(StoredEvent stored)
    {
        lock (_lock)
        {
            if (stored.Type != EventTypes.GrantCreated)
            {
                Remove_NeedsLock(stored.Stream[StreamPrefix.Length..]);
            }
            else if (Payload.Read<GrantPayload>(stored.Payload) is { } created && created.Grant.ExpiresAt > time.GetUtcNow())
            {
                foreach (var expired in _byId.Values.Where(g => g.ExpiresAt <= time.GetUtcNow()).ToList())
                {
                    Remove_NeedsLock(expired.Id);
                }

                _byId[created.Grant.Id] = created.Grant;
                _byRequest[(created.Grant.AgentId, created.Grant.RequestKey)] = created.Grant;
            }
        }
    }

    private void Remove_NeedsLock(string id)
    {
        if (_byId.Remove(id, out var grant) && _byRequest.TryGetValue((grant.AgentId, grant.RequestKey), out var current) && current.Id == id)
        {
            _byRequest.Remove((grant.AgentId, grant.RequestKey));
        }
    }
}
