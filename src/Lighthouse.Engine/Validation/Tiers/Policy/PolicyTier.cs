using Lighthouse.Contracts;
using Lighthouse.Engine.Validation.Pipeline;
using Lighthouse.Engine.Validation.Policies;

namespace Lighthouse.Engine.Validation.Tiers.Policy;

/// <summary>The agent's profile over the analysed request. Always answers: what a profile does not allow, it escalates or denies.</summary>
internal sealed class PolicyTier(ProfileCatalog profiles) : ITier
{
    public string Name => "policy";

    public ValueTask<TierAnswer> AskAsync(Question question, CancellationToken cancellationToken)
    {
        var analysis = question.Analysis;
        var verdict = profiles.Evaluate(question.Agent.Profile, analysis);
        return new(new TierVerdict(verdict.Verdict, DecisionTier.Policy, verdict.Reason, analysis.Risk, analysis.Effects, verdict.Rules, analysis));
    }
}
