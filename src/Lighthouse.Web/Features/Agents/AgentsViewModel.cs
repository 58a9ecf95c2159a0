using Lighthouse.Contracts;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Web.Ui;

namespace Lighthouse.Web.Features.Agents;

public sealed record AgentLine(AgentSummary Agent, int Connections, DateTimeOffset? LastHeard)
{
    public IReadOnlyList<KeySummary> LiveKeys => [.. Agent.Keys.Where(key => key.RevokedAt is null)];
}

/// <summary>Agents and their keys, and what an operator may do to them.</summary>
public sealed class AgentsViewModel(IAgentDirectory directory, IAgentPresence presence, ICurrentCaller currentCaller, IFreshSignIn? freshSignIn = null)
{
    public IReadOnlyList<AgentLine> Agents { get; private set; } = [];
    public Problem? Problem { get; private set; }

    /// <summary>A new secret: held only until it was copied and put away.</summary>
    public CreatedKey? Secret { get; private set; }
    public bool MayManage { get; private set; }

    /// <summary>The last act was refused for want of a fresh password: <see cref="ConfirmAsync"/>, then act again.</summary>
    public bool NeedsPassword => Problem?.Code == ErrorCodes.FreshSignInRequired;

    public async Task<PasswordAnswer> ConfirmAsync(string password) =>
        freshSignIn is null ? new PasswordAnswer(PasswordCheck.Unavailable) : await freshSignIn.ConfirmAsync(password, CancellationToken.None);

    public AgentLine? Find(string? id) => Agents.FirstOrDefault(line => line.Agent.Id == id);

    public async Task RefreshAsync()
    {
        MayManage = (await currentCaller.GetAsync()).Is(Roles.Operator);
        Agents = [.. directory.Agents()
            .Select(agent => new AgentLine(agent, presence.Connections(agent.Id), presence.LastHeard(agent.Id)))
            .OrderByDescending(line => line.Connections > 0)
            .ThenBy(line => line.Agent.Name, StringComparer.OrdinalIgnoreCase)];
    }

    public Task<bool> CreateAsync(string name, string? agentId = null, IReadOnlyList<string>? roots = null) => ActAsync(async caller =>
        Secret = await directory.CreateKeyAsync(
            caller,
            new NewKey { Name = name.Trim(), Role = Roles.Agent, Owner = caller.Name, AgentId = agentId, WorkspaceRoots = roots ?? [] },
            CancellationToken.None));

    public Task<bool> RotateAsync(string keyId) => ActAsync(async caller => Secret = await directory.RotateKeyAsync(caller, keyId, CancellationToken.None));

    public Task<bool> RevokeAsync(string keyId, string reason) => ActAsync(caller => directory.RevokeKeyAsync(caller, keyId, reason, CancellationToken.None));

    public Task<bool> SuspendAsync(string agentId, string reason) => ActAsync(caller => directory.SuspendAsync(caller, agentId, reason, CancellationToken.None));

    public Task<bool> ResumeAsync(string agentId) => ActAsync(caller => directory.ResumeAsync(caller, agentId, CancellationToken.None));

    public void PutSecretAway() => Secret = null;

    private async Task<bool> ActAsync(Func<Caller, Task> act)
    {
        try
        {
            Problem = null;
            await act(await currentCaller.GetAsync());
            await RefreshAsync();
            return true;
        }
        catch (LighthouseException exception)
        {
            Problem = Problem.From(exception);
            return false;
        }
    }
}
