using Lighthouse.Contracts;
using Lighthouse.Engine.Commands.Contracts;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Engine.Validation.Contracts;
using Lighthouse.Engine.Validation.Pipeline;
using Lighthouse.Engine.Validation.Policies.Cedar;
using Lighthouse.Engine.Validation.Policies.Sets;

namespace Lighthouse.Engine.Validation.Policies;

internal sealed class LocalGate(
    ICommandExplainer explainer, IProfiles profiles, WorkspaceLocator workspaces, PolicyJudge judge, Rehearsal rehearsal, PolicyChecks checks, CedarPool pool,
    TimeProvider time) : ILocalGate
{
    private CompiledPolicySet? _set;

    public IReadOnlyCollection<string> Profiles => profiles.Names;

    public async Task<PolicyCheck> UseAsync(PolicySetDocument document, CancellationToken cancellationToken)
    {
        var (check, set) = await checks.CompileAsync(document, cancellationToken);
        if (check.Valid)
        {
            _set = set;
        }

        return check;
    }

    public LocalVerdict Judge(DecisionRequest request, string profile)
    {
        var agent = new AgentIdentity("local", "local", "local", profile, []);
        var place = workspaces.Locate(request, agent);
        var (analysis, tree) = explainer.Explain(request, place);
        var facts = judge.Facts(request, agent, place.WorkspaceRoot, analysis, time.GetUtcNow());
        var verdict = rehearsal.Of(request, facts, _set, Judge(facts));
        return new LocalVerdict(
            verdict.Verdict, verdict.Reason, verdict.Risk, verdict.Effects, verdict.Policies, profiles.Version + (_set is null ? "" : "+local"), analysis)
        {
            Deciding = verdict.Deciding,
            PartVerdicts = [.. analysis.Parts.Select(part => Alone(part, profile))],
            Tree = tree,
        };
    }

    private PolicyVerdict Judge(RequestFacts facts)
    {
        if (_set is not { } set)
        {
            return judge.WithoutPolicies(facts);
        }

        try
        {
            using var session = pool.NewSession();
            session.Load(set);
            return judge.Judge(session, set, facts, pointsAtItsPart: true);
        }
        catch (CedarException exception)
        {
            return judge.Broken(facts, exception.Message);
        }
    }

    private PartVerdict Alone(ActionPart part, string profile)
    {
        var alone = profiles.Evaluate(profile, new Analysis { Parts = [part], Risk = part.Risk });
        return new PartVerdict(alone.Verdict, alone.Rules[0]);
    }
}
