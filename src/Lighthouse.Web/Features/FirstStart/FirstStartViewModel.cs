using Lighthouse.Contracts;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Engine.Validation.Contracts;
using Lighthouse.Web.Features.Agents;

namespace Lighthouse.Web.Features.FirstStart;

/// <summary>From nothing to the first decision. It stays until it is closed, so that the secret does not vanish with the first key.</summary>
public sealed class FirstStartViewModel(AgentsViewModel agents, IDecisionLog log)
{
    public AgentsViewModel Agents { get; } = agents;
    public CreatedKey? Key => Agents.Secret;
    public DecisionRow? First { get; private set; }
    public int Step => Key is null ? 1 : First is null ? 2 : 3;

    public Task StartAsync() => Agents.RefreshAsync();

    public async Task RefreshAsync()
    {
        if (Key?.AgentId is not { } agentId || First is not null)
        {
            return;
        }

        try
        {
            var page = await log.SearchAsync(new DecisionQuery(AgentId: agentId, Limit: 1), CancellationToken.None);
            First = page.Rows is [var first, ..] ? first : null;
        }
        catch (LighthouseException)
        {
            // The next signal asks again; the overview's health line says what is wrong.
        }
    }
}
