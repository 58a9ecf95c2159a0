using Lighthouse.Contracts;
using Lighthouse.Engine.Validation.Pipeline;
using Lighthouse.Engine.Validation.Tiers.Pattern;
using Lighthouse.Engine.Validation.Tiers.Policy;

namespace Lighthouse.Engine.Validation.Policies.Sets;

/// <summary>What the pipeline would say where profile and policies say this: with the second opinion of the risk patterns, without recording or asking anybody.</summary>
internal sealed class Rehearsal(PatternOpinion patterns)
{
    public TierVerdict Of(DecisionRequest request, RequestFacts facts, CompiledPolicySet? set, PolicyVerdict judged)
    {
        var verdict = PolicyTier.Answer(judged, facts.Analysis, set, facts.Action);
        return verdict.Verdict == Verdict.Escalate && patterns.Of(request, facts.Analysis, facts.Profile, verdict).Verdict is { } opinion
            ? SecondOpinions.Merge(verdict, opinion)
            : verdict;
    }
}
