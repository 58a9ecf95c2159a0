using Lighthouse.Contracts;

namespace Lighthouse.Engine.Validation.Pipeline;

/// <summary>How the opinion of a later tier and the escalation that it was asked about become one verdict.</summary>
internal static class SecondOpinions
{
    public static TierVerdict Merge(TierVerdict escalated, TierVerdict opinion) => opinion.Verdict == Verdict.Escalate
        ? escalated with
        {
            Risk = opinion.Risk > escalated.Risk ? opinion.Risk : escalated.Risk,
            Policies = [.. escalated.Policies, .. opinion.Policies],
            Terms = Join(escalated.Terms, opinion.Terms),
            Lasting = escalated.Lasting && opinion.Lasting,
        }
        : opinion with
        {
            Policies = [.. opinion.Policies, .. escalated.Policies],
            Deciding = opinion.Verdict == Verdict.Deny ? escalated.Deciding : null,
            Lasting = escalated.Lasting && opinion.Lasting,
        };

    // What a policy asks for goes first.
    private static EscalationTerms? Join(EscalationTerms? first, EscalationTerms? second) =>
        first is null || second is null
            ? first ?? second
            : new EscalationTerms([.. first.Experts.Union(second.Experts)], first.Quorum ?? second.Quorum, first.DeadlineSeconds ?? second.DeadlineSeconds);
}
