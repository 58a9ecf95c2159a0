using Lighthouse.Contracts;
using Lighthouse.Engine.EventStore.Contracts;
using Lighthouse.Engine.Experts.Contracts;
using Lighthouse.Engine.Platform;
using Microsoft.Extensions.Options;

namespace Lighthouse.Engine.Experts;

/// <summary>Ends an escalation: the final decision, the closing event and, where the caller gave up waiting, a grant, in one commit.</summary>
internal sealed class EscalationVerdicts(IEventStore store, TimeProvider time, IOptions<ExpertsOptions> options)
{
    /// <summary>A vote that decides nothing yet.</summary>
    /// <exception cref="ConcurrencyException">The escalation changed since <paramref name="entry"/> was read.</exception>
    public async Task CountAsync(EscalationEntry entry, string actor, VotedPayload vote, CancellationToken cancellationToken) =>
        await store.AppendAsync(
            [new(EscalationBook.StreamPrefix + entry.View.Id, entry.Version, EventTypes.EscalationVoted, actor, Payload.Write(vote))], cancellationToken);

    /// <param name="vote">The deciding vote, or null when the clock decides.</param>
    /// <exception cref="ConcurrencyException">The escalation changed since <paramref name="entry"/> was read.</exception>
    public async Task EndAsync(
        EscalationEntry entry, EscalationState state, string reason, string actor, VotedPayload? vote, long startedAt, CancellationToken cancellationToken)
    {
        var decision = Decide(entry.View, state, reason, startedAt);
        var stream = EscalationBook.StreamPrefix + entry.View.Id;
        var events = new List<NewEvent>(4);
        if (vote is not null)
        {
            events.Add(new(stream, entry.Version, EventTypes.EscalationVoted, actor, Payload.Write(vote)));
        }

        events.Add(new("decision-" + decision.Id, 0, EventTypes.DecisionRecorded, actor, Payload.Write(decision)));
        var closing = new DecidedPayload(state, decision.Summary());
        events.Add(new(stream, entry.Version + (vote is null ? 0 : 1), EventTypes.EscalationDecided, actor, Payload.Write(closing)));
        if (state == EscalationState.Approved && entry.HoldsEnded > 0)
        {
            events.Add(LateGrant(entry, actor));
        }

        await store.AppendAsync(events, cancellationToken);
    }

    private DecisionDetail Decide(Escalation escalation, EscalationState state, string reason, long startedAt) => new()
    {
        Id = Ids.New("d", time),
        RequestId = escalation.Request.RequestId,
        Verdict = state == EscalationState.Approved ? Verdict.Allow : Verdict.Deny,
        Tier = DecisionTier.Expert,
        Reason = reason,
        Effects = escalation.Effects,
        Risk = escalation.Risk,
        Policies = escalation.Policies,
        PolicySetVersion = escalation.PolicySetVersion,
        EscalationId = escalation.Id,
        LatencyMs = time.GetElapsedTime(startedAt).TotalMilliseconds,
        DecidedAt = time.GetUtcNow(),
        Request = escalation.Request,
        Agent = escalation.Agent,
        Analysis = escalation.Analysis,
        Deciding = escalation.Deciding,
    };

    private NewEvent LateGrant(EscalationEntry entry, string actor)
    {
        var grant = new Grant(
            Ids.New("g", time), entry.View.Agent.Id, entry.RequestKey, entry.View.Id, actor, time.GetUtcNow().AddMinutes(options.Value.GrantMinutes));
        return new(GrantBook.StreamPrefix + grant.Id, 0, EventTypes.GrantCreated, actor, Payload.Write(new GrantPayload(grant)));
    }
}
