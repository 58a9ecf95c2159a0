using Lighthouse.Contracts;

namespace Lighthouse.Engine.Commands.Contracts;

public interface ICommandExplainer
{
    /// <summary>
    /// The same analysis as <see cref="ICommandAnalyser.Analyse"/>, with the tree of the very walk that made it. Costs more: for those
    /// who want to read it, and for what is recorded with a question or a refusal. Never throws.
    /// </summary>
    ExplainedAction Explain(DecisionRequest request, ActionPlace place);
}

public sealed record ExplainedAction(Analysis Analysis, ActionNode Tree);
