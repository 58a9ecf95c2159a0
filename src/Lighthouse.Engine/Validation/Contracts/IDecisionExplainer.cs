using Lighthouse.Contracts;

namespace Lighthouse.Engine.Validation.Contracts;

/// <summary>The tree of a recorded decision, for those who read it later.</summary>
public interface IDecisionExplainer
{
    /// <summary>Null where the decision has no analysis: nothing was judged. Never says anything else than the recorded analysis does.</summary>
    DecisionTree? Explain(DecisionDetail decision);
}

public sealed record DecisionTree(ActionNode Root, TreeSource Source);

public enum TreeSource
{
    /// <summary>Stored with the decision.</summary>
    Recorded,

    /// <summary>Not stored; read again by this build, which finds exactly the recorded parts.</summary>
    ReadAgain,

    /// <summary>Not stored, and today's build or workspace settings read the request otherwise: only the recorded parts, without the tree around them.</summary>
    PartsOnly,
}
