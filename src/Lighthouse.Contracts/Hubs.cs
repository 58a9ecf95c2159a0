namespace Lighthouse.Contracts;

/// <summary>What agents call on <c>/hubs/agents</c>.</summary>
public interface IAgentHub
{
    Task<Decision> Decide(DecisionRequest request);
    Task<IReadOnlyList<Decision>> DecideMany(IReadOnlyList<DecisionRequest> requests);

    /// <summary>Subscribes to an escalation of the caller's own; its answer comes as <see cref="IAgentClient.DecisionMade"/>, at once if it is decided already.</summary>
    Task WaitForDecision(string escalationId);
    Task ReportOutcome(string decisionId, int exitCode, double durationMs);
    Task Heartbeat();
}

/// <summary>What the tower calls on a connected agent.</summary>
public interface IAgentClient
{
    Task DecisionMade(Decision decision);
    Task QuestionAsked(Question question);
    Task Suspended(string reason);
}

public static class HubRoutes
{
    public const string Agents = "/hubs/agents";
    public const string Operations = "/hubs/operations";
}
