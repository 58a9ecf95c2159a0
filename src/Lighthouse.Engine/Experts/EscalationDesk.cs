using Lighthouse.Contracts;
using Lighthouse.Engine.EventStore.Contracts;
using Lighthouse.Engine.Experts.Contracts;
using Microsoft.Extensions.Options;

namespace Lighthouse.Engine.Experts;

internal sealed class EscalationDesk(EscalationBook book, GrantBook grants, IOptions<ExpertsOptions> options) : IEscalationDesk
{
    public Escalation? FindOpen(string agentId, string requestKey) => book.FindOpen(agentId, requestKey)?.View;

    public bool IsFull(string agentId) => book.OpenOf(agentId) >= options.Value.MaxOpenPerAgent;

    public NewEvent Open(DecisionDetail escalated, string requestKey, bool dangerous, bool holds)
    {
        var id = escalated.EscalationId ?? throw new ArgumentException("The decision names no escalation.", nameof(escalated));
        var escalation = new Escalation
        {
            Id = id,
            State = EscalationState.Open,
            Request = escalated.Request,
            Agent = escalated.Agent,
            Risk = escalated.Risk,
            Effects = escalated.Effects,
            Queue = escalated.Terms?.Experts is [var first, ..] ? first : Queues.For(escalated),
            OpenedAt = escalated.DecidedAt,
            Deadline = escalated.DecidedAt.AddSeconds(escalated.Terms?.DeadlineSeconds ?? options.Value.DeadlineSeconds),
            Quorum = new Quorum(escalated.Terms?.Quorum ?? 1, dangerous ? "human" : "any"),
            Reason = escalated.Reason,
            Analysis = escalated.Analysis,
            Deciding = escalated.Deciding,
            Policies = escalated.Policies,
            PolicySetVersion = escalated.PolicySetVersion,
            Dangerous = dangerous,
        };
        return new NewEvent(
            EscalationBook.StreamPrefix + id, 0, EventTypes.EscalationOpened, "agent:" + escalated.Agent.Id,
            Payload.Write(new OpenedPayload(escalation, requestKey, escalated.Id, holds)));
    }

    public NewEvent Join(Escalation escalation, DecisionDetail escalated, bool holds)
    {
        // Bound to the version seen: a join that races with the answer must not be released by an answer it came too late for.
        var entry = book.Find(escalation.Id);
        var version = entry is { IsOpen: true } ? entry.Version : throw new ConcurrencyException(escalation.Id, 0, entry?.Version ?? 0);
        return new(EscalationBook.StreamPrefix + escalation.Id, version, EventTypes.EscalationJoined, "agent:" + escalated.Agent.Id,
            Payload.Write(new JoinedPayload(escalated.Id, holds, escalated.Terms?.Quorum)));
    }

    public Grant? FindGrant(string agentId, string requestKey) => grants.Find(agentId, requestKey);

    public NewEvent Consume(Grant grant, string decisionId) =>
        new(GrantBook.StreamPrefix + grant.Id, 1, EventTypes.GrantConsumed, "agent:" + grant.AgentId,
            Payload.Write(new GrantConsumedPayload(decisionId)));
}
