using System.Globalization;
using Lighthouse.Contracts;
using Lighthouse.Engine.Validation.Contracts;
using Lighthouse.Engine.Validation.Pipeline;
using Lighthouse.Engine.Validation.Policies.Sets;

namespace Lighthouse.Engine.Validation.Tiers.Pattern;

/// <summary>
/// Scores what the policy tier escalated or could not judge. It raises the risk and says whose eyes are wanted, denies what shows several
/// heavy patterns at once, and otherwise abstains. What the policy tier allows never comes here, so a remembered allow and a fresh one agree.
/// </summary>
internal sealed class PatternTier(PatternBook book, IProfiles profiles) : ISecondOpinion
{
    public string Name => "pattern";

    public TierLimits Limits => TierLimits.Milliseconds(soft: 10, hard: 100);

    public ValueTask<TierAnswer> AskAsync(TierRequest asked, CancellationToken cancellationToken)
    {
        var analysis = asked.Analysis;
        var score = book.Score(new PatternView(asked.Request, analysis));
        var file = book.File;
        if (score.Confidence >= file.DenyAt)
        {
            return new(Answer(Verdict.Deny, analysis, score, Risk.Critical));
        }

        if (score.Confidence >= file.RaiseAt)
        {
            return new(Answer(Verdict.Escalate, analysis, score, analysis.Risk < Risk.High ? Risk.High : analysis.Risk));
        }

        return MayAllow(asked, score)
            ? new(Answer(Verdict.Allow, analysis, score, analysis.Risk))
            : new(TierAnswer.Abstain(string.Create(CultureInfo.InvariantCulture, $"confidence {score.Confidence:0.000}")));
    }

    // Only an escalation of the profile itself, of the kind that a permit may lift, and only where the profile wants it. A policy's escalation stands.
    private bool MayAllow(TierRequest asked, PatternScore score) =>
        score.Confidence < book.File.AllowBelow
        && asked.Escalated is { Deciding: not null, ByPolicy: false, Lasting: true }
        && profiles.PatternMayAllow(asked.Agent.Profile)
        && VerdictRule.MayBeLifted(asked.Analysis);

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
