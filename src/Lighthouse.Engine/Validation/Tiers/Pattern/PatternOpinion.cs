using System.Globalization;
using Lighthouse.Contracts;
using Lighthouse.Engine.Validation.Contracts;
using Lighthouse.Engine.Validation.Pipeline;
using Lighthouse.Engine.Validation.Policies.Sets;

namespace Lighthouse.Engine.Validation.Tiers.Pattern;

/// <summary>
/// What the patterns make of a request: of its text, its analysis, the profile and what was escalated alone, so that a rehearsal says what the
/// pipeline would.
/// </summary>
internal sealed class PatternOpinion(PatternBook book, IProfiles profiles)
{
    /// <param name="escalated">What the policy tier escalated; null where it could not judge.</param>
    /// <returns>No verdict where the patterns abstain.</returns>
    public (TierVerdict? Verdict, double Confidence) Of(DecisionRequest request, Analysis analysis, string profile, TierVerdict? escalated)
    {
        var score = book.Score(new PatternView(request, analysis));
        var file = book.File;
        TierVerdict? verdict = score.Confidence >= file.DenyAt ? Answer(Verdict.Deny, analysis, score, Risk.Critical)
            : score.Confidence >= file.RaiseAt ? Answer(Verdict.Escalate, analysis, score, analysis.Risk < Risk.High ? Risk.High : analysis.Risk)
            : MayAllow(analysis, profile, escalated, score) ? Answer(Verdict.Allow, analysis, score, analysis.Risk)
            : null;
        return (verdict, score.Confidence);
    }

    // Only an escalation of the profile itself, of the kind that a permit may lift, and only where the profile wants it. A policy's escalation stands.
    private bool MayAllow(Analysis analysis, string profile, TierVerdict? escalated, PatternScore score) =>
        score.Confidence < book.File.AllowBelow
        && escalated is { Deciding: not null, ByPolicy: false, Lasting: true }
        && profiles.PatternMayAllow(profile)
        && VerdictRule.MayBeLifted(analysis);

    private static TierVerdict Answer(Verdict verdict, Analysis analysis, PatternScore score, Risk risk)
    {
        var telling = score.Found.Where(one => verdict == Verdict.Allow ? one.Adds < 0 : one.Adds > 0).Take(3).Select(static one => one.Pattern).ToArray();
        var because = string.Join(", ", telling.Select(static one => one.Because));
        var confidence = score.Confidence.ToString("0.000", CultureInfo.InvariantCulture);
        var reason = verdict switch
        {
            Verdict.Deny => $"Several signs of an attack at once: {because} (confidence {confidence})",
            Verdict.Allow => $"No sign of danger, and the profile leaves this to the patterns (confidence {confidence})",
            _ => $"Looks dangerous: {because} (confidence {confidence})",
        };
        return new TierVerdict(verdict, DecisionTier.Pattern, reason, risk, analysis.Effects, [.. telling.Select(static one => "pattern:" + one.Id)], analysis)
        {
            Terms = verdict == Verdict.Escalate && telling is [{ Specialty: { } specialty }, ..] ? new EscalationTerms([specialty]) : null,
        };
    }
}
