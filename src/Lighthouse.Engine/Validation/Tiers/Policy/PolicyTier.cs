using Lighthouse.Contracts;
using Lighthouse.Engine.Validation.Contracts;
using Lighthouse.Engine.Validation.Pipeline;

namespace Lighthouse.Engine.Validation.Tiers.Policy;

/// <summary>The agent's profile over the analysed request. Always answers: what a profile does not allow, it escalates or denies.</summary>
internal sealed class PolicyTier(IProfiles profiles) : ITier
{
    public string Name => "policy";

    public ValueTask<TierAnswer> AskAsync(TierRequest asked, CancellationToken cancellationToken)
    {
        var analysis = asked.Analysis;
        var verdict = profiles.Evaluate(asked.Agent.Profile, analysis);
        return new(new TierVerdict(verdict.Verdict, DecisionTier.Policy, verdict.Reason, analysis.Risk, analysis.Effects, verdict.Rules, analysis, verdict.Deciding));
    }
}
