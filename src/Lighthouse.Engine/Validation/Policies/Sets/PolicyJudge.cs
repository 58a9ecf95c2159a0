using Lighthouse.Contracts;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Engine.Validation.Contracts;
using Lighthouse.Engine.Validation.Policies.Cedar;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Lighthouse.Engine.Validation.Policies.Sets;

/// <summary>Profile and policies over one analysed request.</summary>
internal sealed class PolicyJudge(IProfiles profiles, CedarPool pool, IOptions<PolicyOptions> options, TimeProvider time, ILogger<PolicyJudge> log)
{
    private const int MostParts = 32;
    private readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(options.Value.TimeZone);

    /// <summary>Why the last evaluation failed; null after one that did not.</summary>
    public string? Problem { get; private set; }

    public RequestFacts Facts(DecisionRequest request, AgentIdentity agent, string? workspaceRoot, Analysis analysis, DateTimeOffset at) =>
        new(request, agent, workspaceRoot, analysis, TimeZoneInfo.ConvertTime(at, _zone));

    /// <summary>Never throws but for cancellation: what cannot be evaluated escalates.</summary>
    public async ValueTask<PolicyVerdict> JudgeAsync(ActivePolicies policies, RequestFacts facts, CancellationToken cancellationToken)
    {
        var profile = profiles.Evaluate(facts.Profile, facts.Analysis);
        if (policies.Set is not { } set)
        {
            return VerdictRule.Combine(profile, facts.Analysis, policies.Problem is { } unread ? PolicyOutcome.Failed(unread) : PolicyOutcome.Nothing);
        }

        // What no policy is about, and what is denied anyway, needs no engine.
        if (profile.Verdict == Verdict.Deny || !set.AppliesTo(facts.Action))
        {
            return VerdictRule.Combine(profile, facts.Analysis, PolicyOutcome.Nothing);
        }

        PolicyOutcome outcome;
        try
        {
            var call = CedarCall.Write(facts, set);
            outcome = await pool.UseAsync(set, session => WithCause(Ask(session, call, set, facts, profile), session, set, facts), cancellationToken);
            Problem = outcome.Problem;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            log.EvaluationFailed(exception);
            outcome = PolicyOutcome.Failed(exception is CedarException known ? known.Message : "the policy engine failed.");
            Problem = outcome.Problem;
        }

        return VerdictRule.Combine(profile, facts.Analysis, outcome);
    }

    /// <summary>As <see cref="JudgeAsync"/> on a session of the caller's own; for checks and dry runs.</summary>
    /// <param name="pointsAtItsPart">Find out which part a policy is about: some evaluations more.</param>
    /// <exception cref="CedarException">The session is broken from then on.</exception>
    public PolicyVerdict Judge(CedarSession session, CompiledPolicySet? set, RequestFacts facts, bool pointsAtItsPart = false)
    {
        if (set is null || !set.AppliesTo(facts.Action))
        {
            return WithoutPolicies(facts);
        }

        var profile = profiles.Evaluate(facts.Profile, facts.Analysis);
        var outcome = Ask(session, CedarCall.Write(facts, set), set, facts, profile);
        return VerdictRule.Combine(profile, facts.Analysis, pointsAtItsPart ? WithCause(outcome, session, set, facts) : outcome);
    }

    public PolicyVerdict WithoutPolicies(RequestFacts facts) => VerdictRule.Combine(profiles.Evaluate(facts.Profile, facts.Analysis), facts.Analysis, PolicyOutcome.Nothing);

    /// <summary>What the rule says where the policies could not be evaluated.</summary>
    public PolicyVerdict Broken(RequestFacts facts, string problem) =>
        VerdictRule.Combine(profiles.Evaluate(facts.Profile, facts.Analysis), facts.Analysis, PolicyOutcome.Failed(problem));

    private PolicyOutcome Ask(CedarSession session, byte[] call, CompiledPolicySet set, RequestFacts facts, ProfileVerdict profile)
    {
        var started = time.GetTimestamp();
        var outcome = OutcomeOf(session.IsAuthorized(call), set);
        if (profile.Verdict != Verdict.Escalate || outcome is not { Problem: null, Permits.Count: > 0 } || !VerdictRule.MayBeLifted(facts.Analysis))
        {
            return outcome;
        }

        // Forbids have judged the whole. A permit that matches it has yet to match each command that the profile would ask about.
        var pieces = PermitPieces.Of(facts);
        if (pieces.Count == 1)
        {
            return outcome;
        }

        var used = new List<CompiledPolicy>();
        var asked = 0;
        foreach (var piece in pieces)
        {
            var alone = profiles.Evaluate(facts.Profile, piece);
            if (alone.Verdict == Verdict.Allow)
            {
                continue;
            }

            if (++asked > PermitPieces.Most)
            {
                return outcome with { Uncovered = alone };
            }

            if (time.GetElapsedTime(started).TotalMilliseconds > options.Value.TimeoutMs)
            {
                throw new CedarException($"The policies took longer than {options.Value.TimeoutMs} ms.") { TimedOut = true };
            }

            var answer = OutcomeOf(session.IsAuthorized(CedarCall.Write(facts.Of(piece), set)), set);
            var permits = answer.Permits.Where(outcome.Permits.Contains).ToArray();
            if (answer.Problem is not null)
            {
                return answer with { Forbids = [], Permits = [] };
            }

            if (permits.Length == 0)
            {
                return outcome with { Uncovered = alone };
            }

            used.AddRange(permits.Except(used));
        }

        return used.Count == 0 ? outcome : outcome with { Permits = used };
    }

    // A policy is about the whole action. Where it matches one part alone, and not the request without its parts, that part is what it is about.
    private PolicyOutcome WithCause(PolicyOutcome outcome, CedarSession session, CompiledPolicySet set, RequestFacts facts)
    {
        if (outcome.Speaking is not { } policy || facts.Analysis.Parts.Count is 0 or > MostParts)
        {
            return outcome;
        }

        var started = time.GetTimestamp();
        try
        {
            if (Matches(null))
            {
                return outcome;
            }

            foreach (var part in facts.Analysis.Parts)
            {
                // The verdict stands; what it is about must not cost more than the verdict did.
                if (time.GetElapsedTime(started).TotalMilliseconds > options.Value.TimeoutMs)
                {
                    return outcome;
                }

                if (Matches(part))
                {
                    return outcome with { Cause = part };
                }
            }
        }
        catch (CedarException)
        {
            // The instance is thrown away; the verdict stands without its cause.
        }

        return outcome;

        bool Matches(ActionPart? part) => session.IsAuthorized(CedarCall.Write(facts.Only(part), set)).Determining.Contains(policy.Id);
    }

    private static PolicyOutcome OutcomeOf(CedarAnswer answer, CompiledPolicySet set)
    {
        var matched = answer.Determining.Select(set.Find).ToArray();
        // The engine leaves a policy out that it could not evaluate; a forbid that is left out must not be missed.
        var problem = answer.Failed.Count == 0 ? null : $"policy {answer.Failed[0]} failed.";
        return answer.Allowed ? new PolicyOutcome([], matched, problem) : new PolicyOutcome(matched, [], problem);
    }
}
