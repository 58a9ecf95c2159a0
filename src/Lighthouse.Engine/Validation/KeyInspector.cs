using System.Text;
using Lighthouse.Contracts;
using Lighthouse.Engine.Commands.Contracts;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Engine.Validation.Contracts;
using Lighthouse.Engine.Validation.Pipeline;

namespace Lighthouse.Engine.Validation;

/// <summary>Answers "why did this come from memory": what the key is made of, and who holds an answer to it.</summary>
internal sealed class KeyInspector(
    TierWalk walk, IDecisionLog log, IAgentDirectory agents, WorkspaceLocator workspaces, Scopes scopes, ICommandAnalyser analyser,
    IEpochs epochs, TimeProvider time)
{
    public async Task<KeyInspection> InspectAsync(string decisionId, CancellationToken cancellationToken)
    {
        var decision = await log.FindAsync(decisionId, cancellationToken)
            ?? throw new LighthouseException(ErrorCodes.NotFound, $"There is no decision {decisionId}.");
        return await InspectAsync(decision.Agent.Id, decision.Request, decision, cancellationToken);
    }

    public async Task<KeyInspection> InspectAsync(string agentId, DecisionRequest request, DecisionDetail? decision, CancellationToken cancellationToken)
    {
        RequestCheck.Ensure(request);
        var found = agents.Find(agentId) ?? throw new LighthouseException(ErrorCodes.NotFound, $"There is no agent {agentId}.");
        var agent = new AgentIdentity(found.Id, found.Name, found.Owner, found.Profile, found.WorkspaceRoots);
        var place = workspaces.Locate(request, agent);
        var (scope, policies) = scopes.Of(agent, place);
        var asked = new TierRequest(request, agent, place, scope, analyser) { Policies = policies };
        List<HeldBy> tiers = [];
        foreach (var tier in walk.Slots.Select(static slot => slot.Remembers).OfType<IPromotionTier>())
        {
            tiers.Add(await tier.InspectAsync(asked, cancellationToken));
        }

        var confirmed = epochs.IsConfirmed(time.GetTimestamp());
        return new KeyInspection(
            Parts(asked), asked.Key, epochs.Stamp, confirmed, tiers, decision?.Tier, Explain(decision, tiers, confirmed, policies.Version));
    }

    private List<KeyPart> Parts(TierRequest asked) =>
    [
        new("tool", asked.Request.Tool),
        new("input", Encoding.UTF8.GetString(asked.RawInput)),
        new("working directory", asked.Request.WorkingDirectory ?? "(none)"),
        new("profile", asked.Agent.Profile),
        new("workspace root", asked.Place.WorkspaceRoot ?? "(none)"),
        new("home", asked.Place.Home ?? "(none)"),
        new("agent", asked.Policies.NamesAgents ? asked.Agent.Id : "(any: no policy tells agents apart)"),
        new("policy set", asked.Policies.Set is { } set ? $"{asked.Policies.Version} ({set.Digest()[..12]})" : asked.Policies.Version),
        new("protected", string.Join(", ", asked.Place.ProtectedPaths.Concat(asked.Place.ProtectedAddresses))),
        new("generation", asked.Scope.Stamp ?? ""),
        new("build", Scopes.Build),
    ];

    private string Explain(DecisionDetail? decision, List<HeldBy> tiers, bool confirmed, string version)
    {
        var holder = tiers.Find(static one => one.Holds == true);
        var now = !confirmed ? "Right now nothing remembered answers: this node has not confirmed the generation, so the request would be judged anew."
            : holder is null ? "No tier remembers an answer to this key now; the request would be judged anew."
            : $"The {holder.Tier} tier remembers {holder.Verdict.ToString()!.ToLowerInvariant()} since {holder.Since:HH:mm:ss} until {holder.ExpiresAt:HH:mm:ss} UTC and would answer.";
        return decision switch
        {
            { Tier: DecisionTier.Memory or DecisionTier.Redis } =>
                $"An identical request, under the same profile, roots, policy set and generation, had been judged before, and the {decision.Tier.ToString().ToLowerInvariant()} tier still remembered it. {now}",
            not null when decision.PolicySetVersion != version => $"It was judged under policy set {decision.PolicySetVersion}; {version} is in force now. {now}",
            _ => now,
        };
    }
}
