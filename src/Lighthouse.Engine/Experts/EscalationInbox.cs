using Lighthouse.Contracts;
using Lighthouse.Engine.EventStore.Contracts;
using Lighthouse.Engine.Experts.Contracts;
using Lighthouse.Engine.Identity.Contracts;

namespace Lighthouse.Engine.Experts;

internal sealed class EscalationInbox(
    EscalationBook book, GrantBook grants, VotingRules rules, EscalationVerdicts verdicts, IAgentDirectory agents, IEmergencyStop stop, IEventStore store,
    TimeProvider time) : IEscalationInbox
{
    private const int Attempts = 8;

    public event Action<Escalation>? Decided
    {
        add => book.Decided += value;
        remove => book.Decided -= value;
    }

    public int OpenCount => book.OpenCount;

    public IReadOnlyList<Escalation> List(Caller caller, EscalationState? state)
    {
        var visible = book.All().Select(e => e.View)
            .Where(e => MaySee(caller, e) && (state is null || e.State == state));
        return state == EscalationState.Open
            ? [.. visible.OrderBy(e => e.Deadline).ThenBy(e => e.Id, StringComparer.Ordinal)]
            : [.. visible.OrderByDescending(e => e.OpenedAt).ThenByDescending(e => e.Id, StringComparer.Ordinal)];
    }

    public async Task<Escalation> GetAsync(Caller caller, string id, CancellationToken cancellationToken) =>
        ForCaller(caller, (await FindAsync(caller, id, cancellationToken)).View);

    public async Task<Escalation> WaitAsync(Caller caller, string id, TimeSpan wait, CancellationToken cancellationToken)
    {
        var entry = await FindAsync(caller, id, cancellationToken);
        if (!entry.IsOpen || wait <= TimeSpan.Zero || !book.TryGetCompletion(id, out var completion))
        {
            return ForCaller(caller, entry.View);
        }

        try
        {
            return ForCaller(caller, await completion.WaitAsync(wait, time, cancellationToken));
        }
        catch (TimeoutException)
        {
            return ForCaller(caller, (await FindAsync(caller, id, cancellationToken)).View);
        }
    }

    public Task<Escalation> VoteAsync(Caller caller, string id, Vote vote, CancellationToken cancellationToken)
    {
        var startedAt = time.GetTimestamp();
        return RetryAsync(caller, id, async entry =>
        {
            var own = await rules.CheckAsync(caller, entry, vote, cancellationToken);
            if (time.GetUtcNow() >= entry.View.Deadline)
            {
                throw new LighthouseException(ErrorCodes.EscalationExpired, "The deadline has passed; the agent was told no. It may ask again.");
            }

            var approves = vote.Kind == VoteKind.Approve;
            var given = string.IsNullOrWhiteSpace(vote.Reason) ? null : vote.Reason.Trim();
            var voted = new VotedPayload(
                new CastVote(caller.Actor, vote.Kind!.Value, given ?? "", time.GetUtcNow(), own), VotingRules.VoterOf(caller));
            // One no decides; a yes only together with enough others that still count.
            IReadOnlyList<Voter> others = approves ? await rules.StandingAsync(entry, cancellationToken) : [];
            if (approves && others.Count + 1 < entry.View.Quorum.Needed)
            {
                await verdicts.CountAsync(entry, caller.Actor, voted, cancellationToken);
                return;
            }

            var who = string.Join(", ", [.. others.Select(static one => one.Name), caller.Name]);
            var reason = $"{(approves ? "Approved" : "Rejected")} by {who}{(own && approves ? " (the agent's owner)" : "")}{(given is null ? "" : ": " + given)}";
            await verdicts.EndAsync(
                entry, approves ? EscalationState.Approved : EscalationState.Rejected, reason, caller.Actor, voted, startedAt, cancellationToken);
        }, cancellationToken);
    }

    public Task<Escalation> ClaimAsync(Caller caller, string id, CancellationToken cancellationToken) =>
        ChangeAsync(caller, id, entry => entry.View.ClaimedBy switch
        {
            null => (EventTypes.EscalationClaimed, Payload.Write(new ClaimedPayload(caller.Actor, time.GetUtcNow()))),
            var by when by == caller.Actor => null,
            var by => throw new LighthouseException(ErrorCodes.Conflict, $"{by} has claimed this escalation."),
        }, cancellationToken);

    public Task<Escalation> ReleaseAsync(Caller caller, string id, CancellationToken cancellationToken) =>
        ChangeAsync(caller, id, entry => entry.View.ClaimedBy switch
        {
            null => null,
            var by when by == caller.Actor || caller.Is(Roles.Admin) => (EventTypes.EscalationReleased, Payload.Write(new ClaimedPayload(caller.Actor, time.GetUtcNow()))),
            var by => throw new LighthouseException(ErrorCodes.Conflict, $"Only {by} or an admin can release this claim."),
        }, cancellationToken);

    public Task<Escalation> CommentAsync(Caller caller, string id, string text, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > 2_000)
        {
            throw new LighthouseException(ErrorCodes.InvalidField, "A comment has 1 to 2,000 characters.");
        }

        var comment = new Comment(caller.Actor, text.Trim(), time.GetUtcNow());
        return ChangeAsync(caller, id, _ => (EventTypes.EscalationCommented, Payload.Write(new CommentedPayload(comment))), cancellationToken);
    }

    public async Task<bool> EndHoldAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        var wasOpen = false;
        await RetryAsync(caller, id, async entry =>
        {
            if (entry is { IsOpen: true, Holding: > 0 })
            {
                await AppendAsync(caller, entry, EventTypes.EscalationHoldEnded, Payload.Write(new HoldEndedPayload("the caller stopped waiting")), cancellationToken);
            }

            // Only after the append: where it failed because a vote came first, the next round finds the escalation closed.
            wasOpen = entry.IsOpen;
        }, cancellationToken);
        return wasOpen;
    }

    public async Task RevokeGrantAsync(Caller caller, string grantId, CancellationToken cancellationToken)
    {
        if (grants.Find(grantId) is null)
        {
            throw new LighthouseException(ErrorCodes.NotFound, $"There is no usable grant {grantId}.");
        }

        try
        {
            await store.AppendAsync(
                [new(GrantBook.StreamPrefix + grantId, 1, EventTypes.GrantRevoked, caller.Actor, Payload.Write(new GrantRevokedPayload("revoked")))], cancellationToken);
        }
        catch (ConcurrencyException)
        {
            throw new LighthouseException(ErrorCodes.Conflict, $"Grant {grantId} was used meanwhile.");
        }
    }

    private Task<Escalation> ChangeAsync(
        Caller caller, string id, Func<EscalationEntry, (string Type, ReadOnlyMemory<byte> Payload)?> change, CancellationToken cancellationToken)
    {
        if (!caller.Is(Roles.Expert))
        {
            throw new LighthouseException(ErrorCodes.Forbidden, "This needs the role expert or admin.");
        }

        return RetryAsync(caller, id, async entry =>
        {
            if (!entry.IsOpen)
            {
                throw new LighthouseException(ErrorCodes.EscalationDecided, $"Escalation {id} is already {entry.View.State.ToString().ToLowerInvariant()}.");
            }

            if (change(entry) is { } made)
            {
                await AppendAsync(caller, entry, made.Type, made.Payload, cancellationToken);
            }
        }, cancellationToken);
    }

    private async Task AppendAsync(Caller caller, EscalationEntry entry, string type, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken) =>
        await store.AppendAsync(
            [new(EscalationBook.StreamPrefix + entry.View.Id, entry.Version, type, caller.Actor, payload)], cancellationToken);

    /// <summary>Runs the step on the present state and again when somebody else changed it first.</summary>
    private async Task<Escalation> RetryAsync(Caller caller, string id, Func<EscalationEntry, Task> step, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await step(await FindAsync(caller, id, cancellationToken));
                return (await FindAsync(caller, id, cancellationToken)).View;
            }
            catch (ConcurrencyException) when (attempt < Attempts)
            {
                // The step decides anew what holds now, also where another node was first.
                await store.CatchUpAsync(cancellationToken);
            }
            catch (ConcurrencyException)
            {
                throw new LighthouseException(ErrorCodes.Conflict, "This escalation is changing too fast; try again.");
            }
        }
    }

    private async Task<EscalationEntry> FindAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        var entry = book.Find(id) ?? EscalationEntry.Fold(await store.ReadStreamAsync(EscalationBook.StreamPrefix + id, cancellationToken));
        return entry is not null && MaySee(caller, entry.View)
            ? entry
            : throw new LighthouseException(ErrorCodes.NotFound, $"There is no escalation {id}.");
    }

    /// <summary>An approval is not handed to an agent that was stopped after it was given.</summary>
    private Escalation ForCaller(Caller caller, Escalation escalation)
    {
        if (caller.Agent is { } agent && escalation.Decision?.Verdict == Verdict.Allow)
        {
            if (stop.Engaged is { } engaged)
            {
                throw new LighthouseException(ErrorCodes.EmergencyStop, $"Emergency stop by {engaged.By}: {engaged.Reason}");
            }

            if (agents.IsSuspended(agent.Id))
            {
                throw new LighthouseException(ErrorCodes.AgentSuspended, $"Agent {agent.Name} is suspended.");
            }
        }

        return escalation;
    }

    private static bool MaySee(Caller caller, Escalation escalation) =>
        caller.Agent is { } agent ? agent.Id == escalation.Agent.Id : caller.Is(Roles.Expert | Roles.Operator | Roles.Viewer);
}
