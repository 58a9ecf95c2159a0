using Lighthouse.Contracts;

namespace Lighthouse.Web.Features.Escalations;

internal static class Approvals
{
    /// <summary>As people read it: <c>1 of 2 approvals</c>.</summary>
    public static string Of(Escalation escalation) =>
        $"{escalation.Votes.Count(static vote => vote.Vote == VoteKind.Approve)} of {escalation.Quorum.Needed} approvals";
}
