using Lighthouse.Contracts;
using Lighthouse.Engine.Commands.Contracts;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Engine.Validation.Contracts;
using Lighthouse.Engine.Validation.Pipeline;

namespace Lighthouse.Engine.Validation.Policies;

internal sealed class LocalGate(ICommandExplainer explainer, IProfiles profiles, WorkspaceLocator workspaces) : ILocalGate
{
    public IReadOnlyCollection<string> Profiles => profiles.Names;

    public LocalVerdict Judge(DecisionRequest request, string profile)
    {
        var agent = new AgentIdentity("local", "local", "local", profile, []);
        var (analysis, tree) = explainer.Explain(request, workspaces.Locate(request, agent));
        var verdict = profiles.Evaluate(profile, analysis);
        return new LocalVerdict(verdict.Verdict, verdict.Reason, analysis.Risk, analysis.Effects, verdict.Rules, profiles.Version, analysis)
        {
            Deciding = verdict.Deciding,
            PartVerdicts = [.. analysis.Parts.Select(part => Alone(part, profile))],
            Tree = tree,
        };
    }

    private PartVerdict Alone(ActionPart part, string profile)
    {
        var alone = profiles.Evaluate(profile, new Analysis { Parts = [part], Risk = part.Risk });
        return new PartVerdict(alone.Verdict, alone.Rules[0]);
    }
}
