using Lighthouse.Contracts;
using Lighthouse.Engine.Validation.Contracts;

namespace Lighthouse.Engine.Validation.Policies.Sets;

/// <summary>What the policies of a set say about one request.</summary>
/// <param name="Forbids">Every matching forbid, those that escalate included.</param>
/// <param name="Permits">Every matching permit; not asked for where something forbids.</param>
/// <param name="Problem">Why not all of them could be evaluated, in one sentence.</param>
internal sealed record PolicyOutcome(IReadOnlyList<CompiledPolicy> Forbids, IReadOnlyList<CompiledPolicy> Permits, string? Problem)
{
    /// <summary>What the profile says to the command that no permit matches by itself; null where every one is permitted.</summary>
    public ProfileVerdict? Uncovered { get; init; }

    public static PolicyOutcome Nothing { get; } = new([], [], null);

    /// <summary>The part of the action that the speaking policy is about; null where that is the whole, or not known.</summary>
    public ActionPart? Cause { get; init; }

    /// <summary>Of those that decide, the one that the reason names.</summary>
    public CompiledPolicy? Speaking => Forbids.Count == 0 ? null : Named([.. Deciding]);

    /// <summary>The forbids that deny, or where none does, those that escalate.</summary>
    public IEnumerable<CompiledPolicy> Deciding =>
        Forbids.Any(static one => one.Effect == PolicyEffect.Forbid) ? Forbids.Where(static one => one.Effect == PolicyEffect.Forbid) : Forbids;

    public static CompiledPolicy Named(IReadOnlyList<CompiledPolicy> policies) => policies.FirstOrDefault(static one => one.Reason is not null) ?? policies[0];

    public static PolicyOutcome Failed(string problem) => new([], [], problem);
}

/// <summary>Profile and policies together.</summary>
internal sealed record PolicyVerdict(Verdict Verdict, string Reason, IReadOnlyList<string> Policies, EscalationTerms? Terms, string? Problem)
{
    /// <summary>The part of the action that decided, with the rule or policy that made this of it; null where that is the whole.</summary>
    public DecidingFact? Deciding { get; init; }

    /// <summary>A policy spoke, not the profile.</summary>
    public bool ByPolicy { get; init; }
}

/// <summary>Deny over escalate over allow, and what a permit may lift: an escalation of the profile, of what is understood and in no dangerous family.</summary>
internal static class VerdictRule
{
    public static PolicyVerdict Combine(ProfileVerdict profile, Analysis analysis, PolicyOutcome outcome)
    {
        var denying = outcome.Forbids.Where(static one => one.Effect == PolicyEffect.Forbid).ToArray();
        if (denying.Length > 0)
        {
            return Speak(Verdict.Deny, profile, denying, terms: null, outcome);
        }

        if (profile.Verdict == Verdict.Deny)
        {
            return new PolicyVerdict(Verdict.Deny, profile.Reason, profile.Rules, null, outcome.Problem) { Deciding = profile.Deciding };
        }

        if (outcome.Forbids.Count > 0)
        {
            return Speak(Verdict.Escalate, profile, outcome.Forbids, TermsOf(outcome.Forbids), outcome);
        }

        if (outcome.Problem is { } problem)
        {
            // Whatever the broken policy would have said: a human has to.
            return new PolicyVerdict(Verdict.Escalate, $"The policies could not be evaluated: {problem}", ["system:policies", .. profile.Rules], null, problem);
        }

        if (outcome is { Uncovered: { } left, Permits: [var nearest, ..] })
        {
            return new PolicyVerdict(
                Verdict.Escalate, $"{left.Reason}; policy {nearest.Id} permits another part of the request, not this command by itself", left.Rules, null, null) { Deciding = left.Deciding };
        }

        return profile.Verdict == Verdict.Escalate && outcome.Permits.Count > 0 && MayBeLifted(analysis)
            ? new PolicyVerdict(Verdict.Allow, Sentence("Permitted", outcome.Permits), [.. outcome.Permits.Select(static one => one.Id), .. profile.Rules], null, null)
            : new PolicyVerdict(profile.Verdict, profile.Reason, profile.Rules, null, null) { Deciding = profile.Deciding };
    }

    /// <summary>
    /// What is not understood as a whole, what would run something that is not known, and the dangerous families stay escalated whatever a
    /// permit says: `permit(principal, action, resource);` must not open the gate.
    /// </summary>
    public static bool MayBeLifted(Analysis analysis)
    {
        if (!analysis.Complete || analysis.Parts.Count == 0 || DangerousFamilies.Contains(analysis))
        {
            return false;
        }

        foreach (var part in analysis.Parts)
        {
            // What is at an unresolved place could be anything, a secret for example.
            if (part.Effect is EffectNames.Unknown or EffectNames.ExecuteDynamic || part.Place is "unresolved" or "startup" || part.Risk >= Risk.Critical)
            {
                return false;
            }
        }

        return !analysis.Effects.Contains(EffectNames.Unknown) && !analysis.Effects.Contains(EffectNames.ExecuteDynamic);
    }

    private static PolicyVerdict Speak(
        Verdict verdict, ProfileVerdict profile, IReadOnlyList<CompiledPolicy> deciding, EscalationTerms? terms, PolicyOutcome outcome)
    {
        var word = verdict == Verdict.Deny ? "Forbidden" : "A human has to agree, required";
        IReadOnlyList<string> rules = profile.Verdict == verdict ? profile.Rules : [];
        return new PolicyVerdict(verdict, Sentence(word, deciding), [.. deciding.Select(static one => one.Id), .. rules], terms, outcome.Problem)
        {
            ByPolicy = true,
            Deciding = outcome.Cause is { } part && outcome.Speaking is { } policy ? new DecidingFact { Part = part, Rule = policy.Id, Because = policy.Reason ?? "" } : null,
        };
    }

    private static string Sentence(string word, IReadOnlyList<CompiledPolicy> policies)
    {
        var named = PolicyOutcome.Named(policies);
        var others = policies.Count > 1 ? $" (and {policies.Count - 1} more)" : "";
        return named.Reason is { } reason ? $"{word} by policy {named.Id}{others}: {reason}" : $"{word} by policy {named.Id}{others}";
    }

    private static EscalationTerms? TermsOf(IReadOnlyList<CompiledPolicy> policies)
    {
        var terms = policies.Select(static one => one.Terms).OfType<EscalationTerms>().ToArray();
        // The strictest of each: every specialty, the most reviewers, the shortest time.
        return terms.Length == 0
            ? null
            : new EscalationTerms(
                [.. terms.SelectMany(static one => one.Experts).Distinct()], terms.Max(static one => one.Quorum), terms.Min(static one => one.DeadlineSeconds));
    }
}
