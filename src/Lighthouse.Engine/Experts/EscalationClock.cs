using Lighthouse.Contracts;
using Lighthouse.Engine.EventStore.Contracts;
using Lighthouse.Engine.Telemetry.Contracts;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Lighthouse.Engine.Experts;

/// <summary>
/// Ends escalations whose deadline has passed with an explicit deny, attributed to the clock. After a restart it also ends the holds
/// of callers that were cut off, so that a late approval leaves them a grant.
/// </summary>
internal sealed class EscalationClock(
    EscalationBook book, EscalationVerdicts verdicts, IEventStore store, ITelemetry telemetry, TimeProvider time, ILogger<EscalationClock> log) : BackgroundService
{
    private const string Actor = "system:clock";
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        var coordination = telemetry.Component(ComponentNames.ExpertCoordination);
        var tier = telemetry.Tier("expert");
        book.Decided += escalation =>
        {
            var waited = (long)((time.GetUtcNow() - escalation.OpenedAt).TotalSeconds * time.TimestampFrequency);
            var unanswered = escalation.State == EscalationState.Expired;
            coordination.Record(Math.Max(0, waited), error: unanswered);
            tier.Record(Math.Max(0, waited), unanswered ? TierOutcome.Miss : TierOutcome.Hit);
        };
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await ForEachOpenAsync(e => e.Holding > 0, EndHoldsAsync, stoppingToken);
        using var timer = new PeriodicTimer(Tick, time);
        try
        {
            do
            {
                await ForEachOpenAsync(e => e.View.Deadline <= time.GetUtcNow(), ExpireAsync, stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops; open escalations stay open for the next start.
        }
    }

    private async Task ForEachOpenAsync(
        Func<EscalationEntry, bool> which, Func<EscalationEntry, CancellationToken, Task> act, CancellationToken cancellationToken)
    {
        if (book.OpenCount == 0)
        {
            return;
        }

        foreach (var entry in book.All().Where(e => e.IsOpen && which(e)))
        {
            try
            {
                await act(entry, cancellationToken);
            }
            catch (ConcurrencyException)
            {
                // A vote or a join came first; the next tick looks again.
            }
            catch (LighthouseException exception)
            {
                log.ClockPostponed(entry.View.Id, exception.Code);
            }
        }
    }

    private Task ExpireAsync(EscalationEntry entry, CancellationToken cancellationToken)
    {
        var waited = entry.View.Deadline - entry.View.OpenedAt;
        return verdicts.EndAsync(
            entry, EscalationState.Expired, Reason(entry, waited), Actor, vote: null, time.GetTimestamp(), cancellationToken);
    }

    private static string Reason(EscalationEntry entry, TimeSpan waited) => entry.Approvers.Count == 0
        ? $"No reviewer answered in {waited.TotalSeconds:0} s (escalation {entry.View.Id})."
        : $"Not enough reviewers answered in {waited.TotalSeconds:0} s: {entry.Approvers.Count} of {entry.View.Quorum.Needed} approvals (escalation {entry.View.Id}).";

    private async Task EndHoldsAsync(EscalationEntry entry, CancellationToken cancellationToken)
    {
        var stream = EscalationBook.StreamPrefix + entry.View.Id;
        var ends = Enumerable.Range(0, entry.Holding).Select(i => new NewEvent(
            stream, entry.Version + i, EventTypes.EscalationHoldEnded, "system:restart", Payload.Write(new HoldEndedPayload("the connection ended with a restart"))));
        await store.AppendAsync([.. ends], cancellationToken);
    }
}
