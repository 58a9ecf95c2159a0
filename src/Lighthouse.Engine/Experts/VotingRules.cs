using Lighthouse.Contracts;
using Lighthouse.Engine.Experts.Contracts;
using Lighthouse.Engine.Identity.Contracts;

namespace Lighthouse.Engine.Experts;

/// <summary>Who may answer what. Everything is checked against the state of this moment, never against what the caller once was.</summary>
internal sealed class VotingRules(
    IReviewerDirectory reviewers, ICredentials credentials, IAgentDirectory agents, IEmergencyStop stop, TimeProvider time)
{
    /// <returns>True when the vote counts as self-confirmed: the agent's owner answers.</returns>
    public async ValueTask<bool> CheckAsync(Caller caller, EscalationEntry entry, Vote vote, CancellationToken cancellationToken)
    {
        var escalation = entry.View;
        CheckBallot(vote);
        if (caller.Agent is not null)
        {
            throw caller.Agent.Id == escalation.Agent.Id
                ? new LighthouseException(ErrorCodes.OwnRequest, "An agent cannot answer its own escalation.")
                : new LighthouseException(ErrorCodes.Forbidden, "An agent key cannot vote.");
        }

        await CheckRoleAsync(caller, cancellationToken);
        // Who approved may still say no while others are waited for: a no is always safe.
        var withdraws = entry.IsOpen && vote.Kind == VoteKind.Reject;
        if (!withdraws && (escalation.Votes.Any(v => v.By == caller.Actor) || entry.Approvers.Any(one => one.Person == NameOf(caller))))
        {
            throw new LighthouseException(ErrorCodes.AlreadyVoted, "You have already voted on this escalation, yourself or with a key of yours.");
        }

        if (!entry.IsOpen)
        {
            throw escalation.State == EscalationState.Expired
                ? new LighthouseException(ErrorCodes.EscalationExpired, $"Escalation {escalation.Id} expired at {escalation.Deadline:u}; the agent was told no. It may ask again.")
                : new LighthouseException(ErrorCodes.EscalationDecided, $"Escalation {escalation.Id} is already {escalation.State.ToString().ToLowerInvariant()}.");
        }

        if (vote.Kind == VoteKind.Reject)
        {
            return OwnerOf(escalation) == NameOf(caller);
        }

        CheckAgentMayAct(escalation);
        return await CheckApprovalAsync(caller, escalation, cancellationToken);
    }

    public static Voter VoterOf(Caller caller) => new(caller.Id, caller.Name, NameOf(caller), caller.Kind == CallerKind.Key);

    /// <summary>The approvals so far whose givers may still answer: a role that was taken away takes its votes along.</summary>
    public async ValueTask<IReadOnlyList<Voter>> StandingAsync(EscalationEntry entry, CancellationToken cancellationToken)
    {
        var standing = new List<Voter>(entry.Approvers.Count);
        foreach (var voter in entry.Approvers)
        {
            if (voter.IsKey ? credentials.IsLive(voter.Id) : await IsReviewerAsync(voter.Id, cancellationToken))
            {
                standing.Add(voter);
            }
        }

        return standing;
    }

    private static void CheckBallot(Vote vote)
    {
        switch (vote.Kind)
        {
            case null:
                throw new LighthouseException(ErrorCodes.MissingField, "`vote` is required: approve or reject.");
            case VoteKind.Edit or VoteKind.Ask:
                throw new LighthouseException(ErrorCodes.NotSupported, "This version takes approve and reject; edit and ask come later.");
            case VoteKind.Reject when string.IsNullOrWhiteSpace(vote.Reason):
                throw new LighthouseException(ErrorCodes.MissingField, "`reason` is required to reject: the agent is told why.");
            default:
                break;
        }

        if (vote.EditedInput is not null || vote.Remember is not null)
        {
            // Approving the original where an edit was meant, or forgetting what was to be remembered, would be worse than saying no.
            throw new LighthouseException(ErrorCodes.NotSupported, "This version takes neither `editedInput` nor `remember`; nothing was voted.");
        }

        if (vote.Reason?.Length > 2_000)
        {
            throw new LighthouseException(ErrorCodes.InvalidField, "`reason` is longer than 2,000 characters.");
        }
    }

    private async ValueTask CheckRoleAsync(Caller caller, CancellationToken cancellationToken)
    {
        var may = caller.Kind switch
        {
            CallerKind.Human => await IsReviewerAsync(caller.Id, cancellationToken),
            CallerKind.Key => caller.Is(Roles.Expert) && credentials.IsLive(caller.Id),
            _ => false,
        };
        if (!may)
        {
            throw new LighthouseException(ErrorCodes.Forbidden, "Answering escalations needs the role expert or admin.");
        }
    }

    private async ValueTask<bool> IsReviewerAsync(string userId, CancellationToken cancellationToken) =>
        (await reviewers.RolesOfAsync(userId, cancellationToken) & (Roles.Expert | Roles.Admin)) != 0;

    private void CheckAgentMayAct(Escalation escalation)
    {
        if (stop.Engaged is not null)
        {
            throw new LighthouseException(ErrorCodes.EmergencyStop, "The emergency stop is engaged; nothing can be approved until it is released.");
        }

        if (agents.IsSuspended(escalation.Agent.Id))
        {
            throw new LighthouseException(ErrorCodes.AgentSuspended, $"Agent {escalation.Agent.Name} is suspended; resume it before approving.");
        }
    }

    private async ValueTask<bool> CheckApprovalAsync(Caller caller, Escalation escalation, CancellationToken cancellationToken)
    {
        var owns = OwnerOf(escalation) == NameOf(caller);
        if (!escalation.Dangerous)
        {
            return owns;
        }

        if (caller.Kind != CallerKind.Human)
        {
            throw new LighthouseException(ErrorCodes.HumanRequired, "This request is of a dangerous family: only a signed-in human can approve it.");
        }

        if (owns && await reviewers.AnyOtherReviewerAsync(caller.Name, cancellationToken))
        {
            throw new LighthouseException(ErrorCodes.OwnRequest, "You own this agent and the request is dangerous: another expert has to approve it.");
        }

        FreshPassword.Require(caller, time);

        return owns;
    }

    private string? OwnerOf(Escalation escalation) => agents.Find(escalation.Agent.Id)?.Owner;

    private static string NameOf(Caller caller) => caller.Owner ?? caller.Name;
}
