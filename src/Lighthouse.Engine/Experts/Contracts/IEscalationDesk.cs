using Lighthouse.Contracts;
using Lighthouse.Engine.EventStore.Contracts;

namespace Lighthouse.Engine.Experts.Contracts;

/// <summary>
/// What the pipeline asks of the expert side. Nothing here appends: it hands out events, so that the caller records its decision
/// and what follows from it in one commit.
/// </summary>
public interface IEscalationDesk
{
    /// <summary>The agent's open escalation of the identical request, if it has one.</summary>
    Escalation? FindOpen(string agentId, string requestKey);

    /// <summary>True when the agent has as many open escalations as it may have.</summary>
    bool IsFull(string agentId);

    /// <param name="escalated">The decision with verdict escalate; its <see cref="Decision.EscalationId"/> names the new escalation.</param>
    /// <param name="requestKey">Identity of the request: equal keys are the same action.</param>
    NewEvent Open(DecisionDetail escalated, string requestKey, bool dangerous, bool holds);

    NewEvent Join(Escalation escalation, DecisionDetail escalated, bool holds);

    /// <summary>A grant that covers the request now.</summary>
    Grant? FindGrant(string agentId, string requestKey);

    /// <summary>Fails the append with <see cref="ConcurrencyException"/> when the grant was used or revoked meanwhile.</summary>
    NewEvent Consume(Grant grant, string decisionId);
}

/// <summary>Permission for one identical request, given by an approval that came after its hold had ended.</summary>
public sealed record Grant(string Id, string AgentId, string RequestKey, string EscalationId, string GrantedBy, DateTimeOffset ExpiresAt);
