using Lighthouse.Contracts;
using Lighthouse.Engine.Identity.Contracts;

namespace Lighthouse.Engine.Validation.Contracts;

/// <summary>The one way to a decision: limit, analyse, ask the tiers, record, reply.</summary>
public interface IValidationEngine
{
    /// <summary>Returns only after the decision is durable.</summary>
    /// <exception cref="LighthouseException">Bad input, suspended agent, rate limit, overload or storage; nothing was decided.</exception>
    Task<Decision> DecideAsync(Caller caller, DecisionRequest request, DecideOptions options, CancellationToken cancellationToken);

    /// <summary>
    /// As <see cref="DecideAsync"/> for up to 500 requests; answers in the same order. What is wrong with one request (its form, its rate, its
    /// <c>requestId</c>) refuses the batch before anything is recorded. A store that fails half-way answers <c>storage_unavailable</c> for the whole
    /// batch although some of it may be recorded: ask again with the same <c>requestId</c>s, and those get the decisions that they have.
    /// </summary>
    Task<IReadOnlyList<Decision>> DecideManyAsync(
        Caller caller, IReadOnlyList<DecisionRequest> requests, DecideOptions options, CancellationToken cancellationToken);

    /// <exception cref="LighthouseException"><c>not_found</c> for an unknown or somebody else's decision.</exception>
    Task ReportOutcomeAsync(Caller caller, string decisionId, int exitCode, double durationMs, CancellationToken cancellationToken);
}

/// <param name="ReceivedAt">Timestamp (<see cref="TimeProvider.GetTimestamp"/>) of the request's receipt, for <see cref="Decision.LatencyMs"/>.</param>
/// <param name="DryRun">Recorded as a dry run; opens no escalation, uses no grant.</param>
/// <param name="Holds">The caller keeps the action waiting for the expert's answer; ends with <c>IEscalationInbox.EndHoldAsync</c>.</param>
public readonly record struct DecideOptions(long ReceivedAt, bool DryRun = false, bool Holds = false);

/// <summary>The searchable record of decisions: a projection of the log, a moment behind it.</summary>
public interface IDecisionLog
{
    /// <summary>Newest first.</summary>
    Task<DecisionPage> SearchAsync(DecisionQuery query, CancellationToken cancellationToken);

    /// <summary>Read from the log itself, so a decision is found as soon as it was acknowledged. Null when there is none.</summary>
    Task<DecisionDetail?> FindAsync(string decisionId, CancellationToken cancellationToken);

    /// <summary>Events not yet projected.</summary>
    long Lag { get; }
}

/// <param name="Text">Words that must all occur in the command, tool or id.</param>
/// <param name="Before">Only decisions at smaller positions: the cursor of <see cref="DecisionPage.NextBefore"/>.</param>
public sealed record DecisionQuery(
    string? Text = null, Verdict? Verdict = null, string? AgentId = null, DecisionTier? Tier = null, long? Before = null, int Limit = 50);

public sealed record DecisionPage(IReadOnlyList<DecisionRow> Rows, long? NextBefore);

/// <param name="Subject">The command, path or tool input in one line.</param>
public sealed record DecisionRow(
    long Position, string Id, DateTimeOffset DecidedAt, string AgentId, string AgentName, string Tool, string Subject,
    Verdict Verdict, DecisionTier Tier, Risk Risk, double LatencyMs, string? EscalationId, string Reason, bool DryRun);
