using System.Text.Json;
using Lighthouse.Contracts;
using Lighthouse.Engine.Commands.Contracts;
using Lighthouse.Engine.EventStore.Contracts;
using Lighthouse.Engine.Experts.Contracts;
using Lighthouse.Engine.Platform;
using Lighthouse.Engine.Validation.Contracts;
using Lighthouse.Engine.Validation.Policies;

namespace Lighthouse.Engine.Validation.Pipeline;

/// <summary>
/// Turns a verdict into a durable decision. What follows from it (an escalation opened or joined, a grant used up) is in the same
/// commit, so no crash can leave one without the other.
/// </summary>
internal sealed class DecisionRecorder(IEventStore store, IEscalationDesk desk, ICommandExplainer explainer, TimeProvider time) : IDisposable
{
    // Two nodes that take turns at one escalation lose every second try.
    private const int Attempts = 32;
    private readonly StripedGate _escalating = new();

    public void Dispose() => _escalating.Dispose();

    /// <param name="id">The id that the decision has to take, or null for a new one.</param>
    public async ValueTask<DecisionDetail> RecordAsync(
        TierRequest asked, TierVerdict verdict, IReadOnlyList<TierTiming> timings, string? id, DecideOptions options, CancellationToken cancellationToken)
    {
        var detail = Detail(asked, verdict, timings, id, options);
        if (verdict.Verdict != Verdict.Escalate || options.DryRun)
        {
            await store.AppendAsync([Recorded(detail)], cancellationToken);
            return detail;
        }

        // Two identical requests at once must not open two escalations.
        using var _ = await _escalating.EnterAsync(asked.Agent.Id, cancellationToken);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await EscalateAsync(asked, detail, options, cancellationToken);
            }
            catch (ConcurrencyException conflict) when (conflict.Stream != StreamOf(detail) && attempt < Attempts)
            {
                // The grant was used or the escalation answered meanwhile, perhaps on another node: know that, then look again.
                await store.CatchUpAsync(cancellationToken);
            }
        }
    }

    private static string StreamOf(Decision decision) => "decision-" + decision.Id;

    private async ValueTask<DecisionDetail> EscalateAsync(TierRequest asked, DecisionDetail detail, DecideOptions options, CancellationToken cancellationToken)
    {
        if (desk.FindGrant(asked.Agent.Id, asked.Key) is { } grant)
        {
            var granted = detail with
            {
                Verdict = Verdict.Allow,
                Tier = DecisionTier.Grant,
                Grant = grant.Id,
                Reason = $"Approved by {grant.GrantedBy} after the wait had ended (escalation {grant.EscalationId}); this uses the grant up.",
            };
            await store.AppendAsync([Recorded(granted), desk.Consume(grant, granted.Id)], cancellationToken);
            return granted;
        }

        if (desk.FindOpen(asked.Agent.Id, asked.Key) is { } open)
        {
            var joined = detail with { EscalationId = open.Id };
            await store.AppendAsync([Recorded(joined), desk.Join(open, joined, options.Holds)], cancellationToken);
            return joined;
        }

        if (desk.IsFull(asked.Agent.Id))
        {
            var refused = detail with
            {
                Verdict = Verdict.Deny,
                Tier = DecisionTier.FailClosed,
                Policies = [.. detail.Policies, "system:escalation-limit"],
                // No part of the action decided this: the number of open questions did.
                Deciding = null,
                Reason = "This agent already has as many open escalations as it may have; wait for answers before asking for more.",
            };
            await store.AppendAsync([Recorded(refused)], cancellationToken);
            return refused;
        }

        var opened = detail with { EscalationId = Ids.New("e", time) };
        var dangerous = detail.Analysis is not { } analysis || DangerousFamilies.Contains(analysis);
        await store.AppendAsync([Recorded(opened), desk.Open(opened, asked.Key, dangerous, options.Holds)], cancellationToken);
        return opened;
    }

    private DecisionDetail Detail(TierRequest asked, TierVerdict verdict, IReadOnlyList<TierTiming> timings, string? id, DecideOptions options) => new()
    {
        Id = id ?? Ids.New("d", time),
        RequestId = asked.Request.RequestId,
        Verdict = verdict.Verdict,
        Tier = verdict.Tier,
        Reason = verdict.Reason,
        Effects = verdict.Effects,
        Risk = verdict.Risk,
        Policies = verdict.Policies,
        PolicySetVersion = asked.Policies.Version,
        LatencyMs = Math.Round(time.GetElapsedTime(options.ReceivedAt).TotalMilliseconds, 4),
        DecidedAt = time.GetUtcNow(),
        Request = asked.Request,
        Agent = new AgentReference(asked.Agent.Id, asked.Agent.Name),
        Analysis = verdict.Analysis,
        Deciding = verdict.Deciding,
        Tree = options.DryRun ? null : Tree(asked, verdict),
        Terms = verdict.Verdict == Verdict.Escalate ? verdict.Terms : null,
        TierTimings = timings,
        DryRun = options.DryRun,
        BodyHash = asked.Request.RequestId is null ? null : asked.BodyHash(),
    };

    // Kept with questions and refusals, which somebody will read; a refusal that memory repeats does not repeat its tree, and a dry run asks nobody.
    private ActionNode? Tree(TierRequest asked, TierVerdict verdict) =>
        verdict.Verdict != Verdict.Allow && asked.AnalysisOrNull is not null ? explainer.Explain(asked.Request, asked.Place).Tree : null;

    private static NewEvent Recorded(DecisionDetail detail) => new(
        StreamOf(detail), 0, EventTypes.DecisionRecorded, "agent:" + detail.Agent.Id, JsonSerializer.SerializeToUtf8Bytes(detail, LighthouseJson.Options));
}
