using Lighthouse.Contracts;
using Lighthouse.Engine.Identity.Contracts;

namespace Lighthouse.Web.Tests.Fakes;

internal sealed class FakeAgentDirectory(TimeProvider time) : IAgentDirectory
{
    private int _created;

    public List<AgentSummary> AgentList { get; } = [];
    public LighthouseException? Refusal { get; set; }

    public event Action<string, string>? Suspended;

    public IReadOnlyList<AgentSummary> Agents() => [.. AgentList];
    public IReadOnlyList<KeySummary> Keys() => [.. AgentList.SelectMany(agent => agent.Keys)];
    public AgentSummary? Find(string agentId) => AgentList.Find(agent => agent.Id == agentId);
    public bool IsSuspended(string agentId) => Find(agentId)?.Suspended == true;

    public AgentSummary Add(string name, string? id = null, string owner = "kim")
    {
        id ??= "g" + name;
        var key = new KeySummary("k-" + id, name, Roles.Agent, owner, id, time.GetUtcNow().AddDays(-3), null);
        var agent = new AgentSummary(id, name, owner, "guarded", false, null, time.GetUtcNow().AddDays(-3), [key], []);
        AgentList.Add(agent);
        return agent;
    }

    public Task<CreatedKey> CreateKeyAsync(Caller caller, NewKey key, CancellationToken cancellationToken)
    {
        if (Refusal is { } refusal)
        {
            Refusal = null;
            throw refusal;
        }

        var agent = Add(key.Name, key.AgentId ?? $"g{++_created}", key.Owner);
        return Task.FromResult(new CreatedKey(agent.Keys[0].KeyId, "lh_agent_0123456789abcdefghjkmnpqrstvwxyz0123456789ab", agent.Id));
    }

    public Task<CreatedKey> RotateKeyAsync(Caller caller, string keyId, CancellationToken cancellationToken) =>
        Task.FromResult(new CreatedKey(keyId + "-2", "lh_agent_rotated-3456789abcdefghjkmnpqrstvwxyz01234567", null));

    public Task RevokeKeyAsync(Caller caller, string keyId, string reason, CancellationToken cancellationToken)
    {
        Change(agent => agent.Keys.Any(key => key.KeyId == keyId), agent => agent with
        {
            Keys = [.. agent.Keys.Select(key => key.KeyId == keyId ? key with { RevokedAt = time.GetUtcNow() } : key)],
        });
        return Task.CompletedTask;
    }

    public Task SuspendAsync(Caller caller, string agentId, string reason, CancellationToken cancellationToken)
    {
        Change(agent => agent.Id == agentId, agent => agent with { Suspended = true, SuspendedReason = reason });
        Suspended?.Invoke(agentId, reason);
        return Task.CompletedTask;
    }

    public Task ResumeAsync(Caller caller, string agentId, CancellationToken cancellationToken)
    {
        Change(agent => agent.Id == agentId, agent => agent with { Suspended = false, SuspendedReason = null });
        return Task.CompletedTask;
    }

    private void Change(Predicate<AgentSummary> which, Func<AgentSummary, AgentSummary> change)
    {
        var index = AgentList.FindIndex(which);
        AgentList[index] = change(AgentList[index]);
    }
}
