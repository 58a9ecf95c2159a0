using Lighthouse.Contracts;
using Lighthouse.Engine.Validation.Contracts;
using Lighthouse.Engine.Validation.Pipeline;
using Lighthouse.Engine.Validation.Policies.Sets;
using Microsoft.Extensions.Options;

namespace Lighthouse.Engine.Validation.Tiers.Policy;

/// <summary>
/// The agent's profile and the active policies over the analysed request. Always answers: what a profile does not allow, it escalates or
/// denies. Without custom policies the profile is all there is.
/// </summary>
internal sealed class PolicyTier(IProfiles profiles, PolicyJudge judge, IOptions<PolicyOptions> options, TimeProvider time) : ITier
{
    public string Name => "policy";

    // The evaluation stops itself: the walk's own limit comes later, so that a deny of the profile is not lost with it.
    public TierLimits Limits => TierLimits.Milliseconds(soft: 5, hard: (3 * options.Value.TimeoutMs) + 100);

    public ValueTask<TierAnswer> AskAsync(TierRequest asked, CancellationToken cancellationToken)
    {
        var policies = asked.Policies;
        if (policies.Number != 0)
        {
            return JudgeAsync(asked, policies, cancellationToken);
        }

        var analysis = asked.Analysis;
        var verdict = profiles.Evaluate(asked.Agent.Profile, analysis);
        return new(new TierVerdict(verdict.Verdict, DecisionTier.Policy, verdict.Reason, analysis.Risk, analysis.Effects, verdict.Rules, analysis, verdict.Deciding));
    }

    private async ValueTask<TierAnswer> JudgeAsync(TierRequest asked, ActivePolicies policies, CancellationToken cancellationToken)
    {
        var analysis = asked.Analysis;
        var facts = judge.Facts(asked.Request, asked.Agent, asked.Place.WorkspaceRoot, analysis, time.GetUtcNow());
        var verdict = await judge.JudgeAsync(policies, facts, cancellationToken);
        return new TierAnswer(Answer(verdict, analysis, policies.Set, facts.Action), verdict.Problem, Failed: false);
    }

    /// <summary>A verdict of profile and policies as the pipeline takes it.</summary>
    public static TierVerdict Answer(PolicyVerdict verdict, Analysis analysis, CompiledPolicySet? set, string action) =>
        new(verdict.Verdict, DecisionTier.Policy, verdict.Reason, analysis.Risk, analysis.Effects, verdict.Policies, analysis, verdict.Deciding)
        {
            Terms = verdict.Terms,
            ByPolicy = verdict.ByPolicy,
            Lasting = verdict.Problem is null && set?.UsesTimeFor(action) != true,
        };
}
