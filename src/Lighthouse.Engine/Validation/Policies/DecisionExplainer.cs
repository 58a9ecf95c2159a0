using Lighthouse.Contracts;
using Lighthouse.Engine.Commands.Contracts;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Engine.Validation.Contracts;
using Lighthouse.Engine.Validation.Pipeline;

namespace Lighthouse.Engine.Validation.Policies;

internal sealed class DecisionExplainer(ICommandExplainer explainer, WorkspaceLocator workspaces, IAgentDirectory agents) : IDecisionExplainer
{
    public DecisionTree? Explain(DecisionDetail decision)
    {
        if (decision.Analysis is not { } recorded)
        {
            return null;
        }

        if (decision.Tree is { } tree)
        {
            return new DecisionTree(tree, TreeSource.Recorded);
        }

        // What is found now counts only where it is what was found then: neither a newer build nor a changed text may speak for the record.
        var agent = new AgentIdentity(
            decision.Agent.Id, decision.Agent.Name, "", ProfileCatalog.Default, agents.Find(decision.Agent.Id)?.WorkspaceRoots ?? []);
        var again = explainer.Explain(decision.Request, workspaces.Locate(decision.Request, agent));
        // Earlier records do not number the commands.
        var numbered = recorded.Parts.Any(static part => part.Command > 0);
        return again.Analysis.Complete == recorded.Complete
            && again.Analysis.Parts.Select(part => numbered ? part : part with { Command = 0 }).SequenceEqual(recorded.Parts)
            ? new DecisionTree(again.Tree, TreeSource.ReadAgain)
            : new DecisionTree(Flat(recorded), TreeSource.PartsOnly);
    }

    private static ActionNode Flat(Analysis analysis)
    {
        var spans = analysis.Parts.Select(static (part, index) => (part, index))
            .GroupBy(static pair => (pair.part.Field, pair.part.Start, pair.part.Length))
            .OrderBy(static group => group.Key.Start)
            .Select(static group => new ActionNode
            {
                Kind = group.Key.Field is null ? ActionKinds.Part : ActionKinds.Field,
                Note = group.Key.Field,
                Start = group.Key.Start,
                Length = group.Key.Length,
                Effects = [.. group.Select(static pair => pair.part.Effect).Distinct()],
                Parts = [.. group.Select(static pair => pair.index)],
            })
            .ToList();
        return new ActionNode
        {
            Kind = ActionKinds.Request,
            Length = spans.Count == 0 ? 0 : spans.Max(static span => span.Start + span.Length),
            Children = spans,
        };
    }
}
