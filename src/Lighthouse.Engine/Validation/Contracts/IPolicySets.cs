using System.Text.Json.Serialization;
using Lighthouse.Contracts;
using Lighthouse.Engine.Identity.Contracts;

namespace Lighthouse.Engine.Validation.Contracts;

/// <summary>
/// The policies that an organisation adds to the profiles: Cedar text with examples, in numbered versions of which at most one is active.
/// Everything is an event; versions are never changed and never removed. Reading needs an operator, activation an admin.
/// </summary>
public interface IPolicySets
{
    /// <summary>The number of the active version; 0 while none is.</summary>
    int ActiveVersion { get; }

    /// <summary>Why the active set cannot be evaluated at the moment, in one sentence; null when all is well. Meanwhile what the profile allows is escalated.</summary>
    string? Problem { get; }

    /// <summary>The Cedar schema that policies are checked against, with comments.</summary>
    string Schema { get; }

    /// <summary>All versions, newest first.</summary>
    IReadOnlyList<PolicySetSummary> List(Caller caller);

    /// <summary>Activations, roll-backs and deactivations, newest first; the last 1,000.</summary>
    IReadOnlyList<PolicySetChange> History(Caller caller);

    /// <exception cref="LighthouseException"><c>not_found</c>.</exception>
    Task<PolicySetDetail> GetAsync(Caller caller, int version, CancellationToken cancellationToken);

    /// <summary>Checks syntax, schema, annotations and examples; keeps nothing.</summary>
    Task<PolicyCheck> CheckAsync(Caller caller, PolicySetDocument document, CancellationToken cancellationToken);

    /// <summary>Keeps the document as the next version, a draft, also while it has errors. The active version stays.</summary>
    /// <param name="note">What changed, in one line.</param>
    /// <exception cref="LighthouseException"><c>invalid_field</c> past the limits of <see cref="PolicySetLimits"/>.</exception>
    Task<PolicySetSummary> SaveAsync(Caller caller, PolicySetDocument document, string note, CancellationToken cancellationToken);

    /// <summary>Checks the version as a whole and makes it the active one, for every request from then on. An earlier version is rolled back to by activating it.</summary>
    /// <param name="expectedActive">What the caller saw as <see cref="ActiveVersion"/>.</param>
    /// <exception cref="LighthouseException">
    /// <c>conflict</c> when another version is active by now, <c>invalid_policies</c> when the check fails (the active version stays), <c>not_found</c>, <c>forbidden</c>.
    /// </exception>
    Task<PolicySetChange> ActivateAsync(Caller caller, int version, int expectedActive, string reason, CancellationToken cancellationToken);

    /// <summary>Back to the profiles alone.</summary>
    /// <exception cref="LighthouseException"><c>conflict</c> when another version is active by now, <c>forbidden</c>.</exception>
    Task<PolicySetChange> DeactivateAsync(Caller caller, int expectedActive, string reason, CancellationToken cancellationToken);

    /// <summary>The test bench: what the pipeline would say to one request under a document, with the risk patterns. Nothing is recorded, cached or asked.</summary>
    /// <param name="document">Null tries the active version.</param>
    /// <exception cref="LighthouseException"><c>invalid_policies</c> when the document has errors, <c>not_found</c> for an unknown agent.</exception>
    Task<PolicyTrial> TryAsync(Caller caller, PolicySetDocument? document, PolicyTrialRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// Judges recorded requests, newest first, under the active version and under <paramref name="plan"/>, from their recorded analysis, with the
    /// risk patterns of this build.
    /// Yields progress at least every 500 decisions; the last step has <see cref="DryRunStep.Finished"/>. Opens, records and caches nothing.
    /// </summary>
    /// <exception cref="LighthouseException"><c>invalid_policies</c> before the first step, <c>overloaded</c> while another dry run is going on.</exception>
    IAsyncEnumerable<DryRunStep> DryRunAsync(Caller caller, DryRunPlan plan, CancellationToken cancellationToken);
}

/// <summary>What a set may hold at most.</summary>
public static class PolicySetLimits
{
    public const int TextBytes = 256 * 1024;
    public const int Policies = 500;
    public const int Examples = 500;
    public const int DryRunDecisions = 100_000;
}

[JsonConverter(typeof(JsonStringEnumConverter<PolicySetState>))]
public enum PolicySetState
{
    [JsonStringEnumMemberName("draft")] Draft,
    [JsonStringEnumMemberName("active")] Active,
    [JsonStringEnumMemberName("retired")] Retired,
}

/// <param name="Number">From 1, without a gap.</param>
/// <param name="Policies">How many policies the text has; 0 while it cannot be parsed.</param>
/// <param name="Errors">How many errors the check found when it was saved.</param>
public sealed record PolicySetSummary(
    int Number, PolicySetState State, string SavedBy, DateTimeOffset SavedAt, string Note, int Policies, int Examples, int Errors);

public sealed record PolicySetDetail(PolicySetSummary Summary, PolicySetDocument Document);

/// <param name="Number">The version that became active; 0 for a deactivation.</param>
/// <param name="RolledBack">True when that version had been active before.</param>
public sealed record PolicySetChange(int Number, int Previous, string By, DateTimeOffset At, string Reason, bool RolledBack);

/// <summary>What is edited, saved and activated as one.</summary>
public sealed record PolicySetDocument
{
    /// <summary>Cedar policies, at most 256 kB.</summary>
    public string Text { get; init; } = "";
    public IReadOnlyList<PolicyExample> Examples { get; init; } = [];
}

/// <summary>A request that one policy must, or must not, match. A set whose examples fail does not become active.</summary>
public sealed record PolicyExample
{
    /// <summary>The policy's <c>@id</c>.</summary>
    public string Policy { get; init; } = "";
    public bool Matches { get; init; } = true;

    /// <summary>What the whole set, profile included and risk patterns left out, has to say; null for no claim.</summary>
    public Verdict? Verdict { get; init; }
    public PolicyTrialRequest Request { get; init; } = new();
}

/// <summary>A made-up request. Give a command, or a tool with its input.</summary>
public sealed record PolicyTrialRequest
{
    public string? Command { get; init; }
    public string? Tool { get; init; }
    public System.Text.Json.JsonElement? Input { get; init; }
    public string WorkingDirectory { get; init; } = "/home/agent/project";

    /// <summary>An agent that exists, by its id; null for a made-up one of <see cref="AgentName"/>, <see cref="Owner"/> and <see cref="Profile"/>.</summary>
    public string? AgentId { get; init; }
    public string AgentName { get; init; } = "example";
    public string Owner { get; init; } = "nobody";
    public string Profile { get; init; } = "guarded";

    /// <summary>When it is asked; null for now.</summary>
    public DateTimeOffset? At { get; init; }
}

[JsonConverter(typeof(JsonStringEnumConverter<PolicySeverity>))]
public enum PolicySeverity
{
    [JsonStringEnumMemberName("error")] Error,
    [JsonStringEnumMemberName("warning")] Warning,
}

/// <param name="Line">From 1; 0 when the message belongs to the whole text or to an example.</param>
/// <param name="Column">From 1, in UTF-16 units, as an editor counts.</param>
/// <param name="Length">UTF-16 units from there; 0 for a point.</param>
/// <param name="Policy">The policy concerned, by its id.</param>
/// <param name="Example">Index of the example concerned.</param>
/// <param name="Hint">How to put it right, where that is known.</param>
public sealed record PolicyDiagnostic(
    PolicySeverity Severity, string Message, int Line = 0, int Column = 0, int Length = 0, string? Policy = null, int? Example = null, string? Hint = null);

/// <summary>The result of a check. Fit to be activated when <see cref="Valid"/>.</summary>
public sealed record PolicyCheck(IReadOnlyList<PolicyDiagnostic> Diagnostics, IReadOnlyList<PolicySummary> Policies)
{
    public bool Valid => !Diagnostics.Any(static one => one.Severity == PolicySeverity.Error);
}

/// <param name="Effect"><c>permit</c>, <c>forbid</c> or <c>escalate</c>.</param>
/// <param name="Actions">The actions it is limited to; empty for all.</param>
/// <param name="NamesAgents">It tells agents apart, so answers are remembered per agent.</param>
/// <param name="UsesTime">It depends on the time, so answers to its actions are not remembered.</param>
public sealed record PolicySummary(
    string Id, string Effect, string? Reason, int Line, IReadOnlyList<string> Actions, bool NamesAgents, bool UsesTime, EscalationTerms? Terms);

/// <param name="ProfileVerdict">What the profile alone says.</param>
/// <param name="Matched">Every policy that matches, also those that another one outweighs.</param>
/// <param name="Problem">Why policies could not be evaluated; the verdict is then at least escalate.</param>
public sealed record PolicyTrial(
    Verdict Verdict, string Reason, Verdict ProfileVerdict, IReadOnlyList<string> Matched, IReadOnlyList<string> Policies, EscalationTerms? Terms,
    Analysis Analysis, string? Problem, double Milliseconds);

/// <summary>Which set to try on which past.</summary>
public sealed record DryRunPlan
{
    /// <summary>A saved version; null takes <see cref="Document"/>. 0 means no policies at all.</summary>
    public int? Version { get; init; }
    public PolicySetDocument? Document { get; init; }

    /// <summary>At most so many decisions, newest first.</summary>
    public int Decisions { get; init; } = 10_000;

    /// <summary>Nothing older than this.</summary>
    public DateTimeOffset? Since { get; init; }
}

/// <param name="Seen">Decisions looked at so far, of at most <paramref name="Of"/>.</param>
/// <param name="Skipped">Of these, decisions without a recorded analysis: they were refused before anything was judged.</param>
/// <param name="Changes">Found since the last step.</param>
/// <param name="Totals">How many verdicts changed so far, for example <c>allow → deny</c>.</param>
public sealed record DryRunStep(
    int Seen, int Of, int Skipped, IReadOnlyList<DryRunChange> Changes, IReadOnlyDictionary<string, int> Totals, bool Finished);

/// <param name="From">What the active version says to the recorded request today.</param>
/// <param name="To">What the tried version says.</param>
/// <param name="Policies">The policies or profile rules that decide under the tried version.</param>
public sealed record DryRunChange(
    string DecisionId, long Position, DateTimeOffset DecidedAt, string AgentId, string AgentName, string Tool, string Subject,
    Verdict Recorded, Verdict From, Verdict To, IReadOnlyList<string> Policies, string Reason);
