using System.Text.Json;
using Lighthouse.Contracts;
using Lighthouse.Engine.Commands.Contracts;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Engine.Validation.Contracts;
using Lighthouse.Engine.Validation.Pipeline;
using Lighthouse.Engine.Validation.Policies.Cedar;

namespace Lighthouse.Engine.Validation.Policies.Sets;

/// <summary>Tries a set on made-up requests: the test bench, and the examples of a check.</summary>
internal sealed class PolicyBench(
    PolicyJudge judge, Rehearsal rehearsal, ICommandAnalyser analyser, WorkspaceLocator workspaces, IAgentDirectory agents, IProfiles profiles, TimeProvider time)
{
    private const string Alone = "alone";

    /// <exception cref="LighthouseException"><c>invalid_field</c> for what is no request, <c>not_found</c> for an unknown agent.</exception>
    public PolicyTrial Try(CedarSession session, CompiledPolicySet? set, PolicyTrialRequest trial)
    {
        var (request, facts) = Ask(trial);
        var started = time.GetTimestamp();
        var judged = judge.Judge(session, set, facts);
        var elapsed = time.GetElapsedTime(started);
        var verdict = rehearsal.Of(request, facts, set, judged);
        return new PolicyTrial(
            verdict.Verdict, verdict.Reason, profiles.Evaluate(facts.Profile, facts.Analysis).Verdict, Matches(session, set, facts, only: null), verdict.Policies,
            verdict.Verdict == Verdict.Escalate ? verdict.Terms : null, facts.Analysis, judged.Problem, Math.Round(elapsed.TotalMilliseconds, 4));
    }

    /// <summary>Runs the examples; what does not hold becomes a diagnostic.</summary>
    public void CheckExamples(
        CedarSession session, CompiledPolicySet set, IReadOnlyList<PolicyExample> examples, List<PolicyDiagnostic> diagnostics, CheckDeadline deadline, CancellationToken cancellationToken)
    {
        if (examples.Count > PolicySetLimits.Examples)
        {
            diagnostics.Add(new PolicyDiagnostic(PolicySeverity.Error, $"A set has at most {PolicySetLimits.Examples} examples."));
            return;
        }

        for (var i = 0; i < examples.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (deadline.IsOver)
            {
                diagnostics.Add(new PolicyDiagnostic(
                    PolicySeverity.Error, $"The check was given up after {CheckDeadline.Within.TotalSeconds:0} s: {examples.Count - i} of {examples.Count} examples were not tried.", Example: i));
                return;
            }

            if (Failure(session, set, examples[i]) is { } message)
            {
                var line = set.Policies.FirstOrDefault(one => one.Id == examples[i].Policy)?.Line ?? 0;
                diagnostics.Add(new PolicyDiagnostic(PolicySeverity.Error, message, line, line > 0 ? 1 : 0, 0, examples[i].Policy, i));
            }
        }
    }

    private (DecisionRequest Request, RequestFacts Facts) Ask(PolicyTrialRequest trial)
    {
        var request = RequestOf(trial);
        RequestCheck.Ensure(request);
        var agent = AgentOf(trial);
        var place = workspaces.Locate(request, agent);
        return (request, judge.Facts(request, agent, place.WorkspaceRoot, analyser.Analyse(request, place), trial.At ?? time.GetUtcNow()));
    }

    private string? Failure(CedarSession session, CompiledPolicySet set, PolicyExample example)
    {
        if (set.Policies.All(one => one.Id != example.Policy))
        {
            return $"The example names policy '{example.Policy}', which is not in the set.";
        }

        try
        {
            // What the set says, without the risk patterns: those change with the build, and no set may fail for that.
            var facts = Ask(example.Request).Facts;
            var judged = judge.Judge(session, set, facts);
            return judged.Problem is { } problem ? $"The example could not be evaluated: {problem}"
                : (Matches(session, set, facts, example.Policy).Count > 0) != example.Matches
                    ? $"The policy {(example.Matches ? "does not match" : "matches")} {SubjectOf(example.Request)}, which it {(example.Matches ? "must" : "must not")}."
                : example.Verdict is { } expected && judged.Verdict != expected
                    ? $"The set says {Word(judged.Verdict)} to {SubjectOf(example.Request)}; the example expects {Word(expected)}."
                : null;
        }
        catch (LighthouseException exception)
        {
            return $"The example is not a request: {exception.Message}";
        }
    }

    // Each policy by itself, or just that one: in the whole set a forbid hides the permits beside it.
    private static List<string> Matches(CedarSession session, CompiledPolicySet? set, RequestFacts facts, string? only)
    {
        var matched = new List<string>();
        foreach (var policy in set?.Policies ?? [])
        {
            if (!policy.AppliesTo(facts.Action) || (only is not null && policy.Id != only))
            {
                continue;
            }

            session.Preparse(Alone, [policy]);
            if (session.IsAuthorized(CedarCall.Write(facts, set!, Alone)).Determining.Count > 0)
            {
                matched.Add(policy.Id);
            }
        }

        return matched;
    }

    private AgentIdentity AgentOf(PolicyTrialRequest trial)
    {
        if (trial.AgentId is not { } id)
        {
            return new AgentIdentity("example", trial.AgentName, trial.Owner, trial.Profile, []);
        }

        var known = agents.Find(id) ?? throw new LighthouseException(ErrorCodes.NotFound, $"There is no agent {id}.");
        return new AgentIdentity(known.Id, known.Name, known.Owner, known.Profile, known.WorkspaceRoots);
    }

    private static DecisionRequest RequestOf(PolicyTrialRequest trial) => new()
    {
        Tool = trial.Tool ?? (trial.Command is null ? "" : "Bash"),
        Input = trial.Input ?? JsonSerializer.SerializeToElement(new { command = trial.Command ?? "" }, LighthouseJson.Options),
        WorkingDirectory = trial.WorkingDirectory,
    };

    private static string SubjectOf(PolicyTrialRequest trial) =>
        trial.Command is { } command ? $"`{(command.Length > 80 ? command[..80] + "…" : command)}`" : $"the {trial.Tool} request";

    private static string Word(Verdict verdict) => verdict.ToString().ToLowerInvariant();
}
