using System.Text.Json;
using Lighthouse.Contracts;
using Lighthouse.Engine.Commands.Contracts;
using Lighthouse.Engine.EventStore.Contracts;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Engine.Telemetry.Contracts;
using Lighthouse.Engine.Validation.Contracts;
using Microsoft.Extensions.Logging;

namespace Lighthouse.Engine.Validation.Pipeline;

internal sealed class ValidationEngine(
    Admission admission, Room room, TierWalk walk, DecisionRecorder recorder, RequestIds requestIds, WorkspaceLocator workspaces, Scopes scopes,
    ICommandAnalyser analyser, IDecisionLog log, IEventStore store, ITelemetry telemetry, TimeProvider time, ILogger<ValidationEngine> logger) : IValidationEngine
{
    private static readonly TimeSpan LostReply = TimeSpan.FromMinutes(1);

    private readonly IComponentRecorder _figures = telemetry.Component(ComponentNames.ValidationEngine);

    public async Task<Decision> DecideAsync(Caller caller, DecisionRequest request, DecideOptions options, CancellationToken cancellationToken)
    {
        var agent = admission.Admit(caller, [request]);
        using var place = Enter([request], options);
        return await DecideOneAsync(Ask(agent, request), known: null, options, cancellationToken);
    }

    public async Task<IReadOnlyList<Decision>> DecideManyAsync(
        Caller caller, IReadOnlyList<DecisionRequest> requests, DecideOptions options, CancellationToken cancellationToken)
    {
        var agent = admission.Admit(caller, requests);
        using var place = Enter(requests, options);
        TierRequest[] asked = [.. requests.Select(request => Ask(agent, request))];
        // Before anything is recorded: one id that was used for something else must not leave the caller with a failure and 499 decisions it never saw.
        var known = options.DryRun ? new KnownId?[asked.Length] : await KnownIdsAsync(asked, cancellationToken);
        return await Task.WhenAll(asked.Select((one, i) => DecideOneAsync(one, known[i], options, cancellationToken)));
    }

    public async Task ReportOutcomeAsync(Caller caller, string decisionId, int exitCode, double durationMs, CancellationToken cancellationToken)
    {
        if (!double.IsFinite(durationMs) || durationMs < 0)
        {
            throw admission.Refuse(new LighthouseException(ErrorCodes.InvalidField, "`durationMs` has to be a number of milliseconds."));
        }

        admission.Admit(caller, []);

        var decision = await log.FindAsync(decisionId, cancellationToken);
        if (decision is null || caller.Agent?.Id != decision.Agent.Id)
        {
            throw admission.Refuse(new LighthouseException(ErrorCodes.NotFound, $"There is no decision {decisionId}."));
        }

        if (decision.Verdict != Verdict.Allow || decision.DryRun)
        {
            throw admission.Refuse(new LighthouseException(ErrorCodes.Conflict, "Only an action that was allowed has an outcome."));
        }

        var payload = JsonSerializer.SerializeToUtf8Bytes(new OutcomePayload(exitCode, durationMs), LighthouseJson.Options);
        try
        {
            await store.AppendAsync([new NewEvent("decision-" + decisionId, 1, EventTypes.DecisionOutcome, caller.Actor, payload)], cancellationToken);
        }
        catch (ConcurrencyException)
        {
            throw admission.Refuse(new LighthouseException(ErrorCodes.Conflict, "The outcome of this decision was reported before; the first report stands."));
        }
    }

    private Room.Place Enter(IReadOnlyList<DecisionRequest> requests, DecideOptions options)
    {
        if (room.TryEnter(requests, out var place))
        {
            return place;
        }

        _figures.Record(time.GetTimestamp() - options.ReceivedAt, error: true);
        throw admission.Refuse(new LighthouseException(
            ErrorCodes.Overloaded, "More requests are under way than this node can hold. Nothing was decided; try again in a moment.", TimeSpan.FromSeconds(1)));
    }

    private TierRequest Ask(AgentIdentity agent, DecisionRequest request)
    {
        var place = workspaces.Locate(request, agent);
        var (scope, policies) = scopes.Of(agent, place);
        return new TierRequest(request, agent, place, scope, analyser) { Policies = policies };
    }

    private async Task<KnownId?[]> KnownIdsAsync(IReadOnlyList<TierRequest> batch, CancellationToken cancellationToken)
    {
        try
        {
            return await requestIds.ResolveAsync(batch, cancellationToken);
        }
        catch (LighthouseException exception)
        {
            throw admission.Refuse(exception);
        }
    }

    private async Task<Decision> DecideOneAsync(TierRequest asked, KnownId? known, DecideOptions options, CancellationToken cancellationToken)
    {
        try
        {
            var detail = await DecideAndRecordAsync(asked, known, options, cancellationToken);
            var elapsed = time.GetTimestamp() - options.ReceivedAt;
            telemetry.Decided(elapsed, detail.Verdict);
            return detail.Summary(Math.Round(elapsed * 1000.0 / time.TimestampFrequency, 4));
        }
        catch (LighthouseException exception)
        {
            if (exception.Code is ErrorCodes.Overloaded or ErrorCodes.StorageUnavailable)
            {
                _figures.Record(time.GetTimestamp() - options.ReceivedAt, error: true);
            }

            throw admission.Refuse(exception);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            _figures.Record(time.GetTimestamp() - options.ReceivedAt, error: true);
            logger.RequestFailed(exception);
            throw;
        }
    }

    private async ValueTask<DecisionDetail> DecideAndRecordAsync(
        TierRequest asked, KnownId? known, DecideOptions options, CancellationToken cancellationToken)
    {
        string? id = null;
        if (asked.Request.RequestId is { Length: > 0 } requestId && !options.DryRun)
        {
            (var earlier, id) = known ?? await requestIds.ResolveAsync(asked, requestId, cancellationToken);
            if (earlier is not null && !MustBeJudgedAgain(earlier, asked))
            {
                return earlier;
            }

            // Judged again: the id is taken by the first answer, this one gets its own.
            id = earlier is null ? id : null;
        }

        var (judgement, leads) = admission.Halted(asked.Agent) is { } halted ? (new Judgement(halted, []), null) : await walk.AskAsync(asked, cancellationToken);
        try
        {
            var detail = await recorder.RecordAsync(asked, judgement.Verdict, judgement.Timings, id, options, cancellationToken);
            walk.Promote(asked, judgement);
            return detail;
        }
        catch (ConcurrencyException) when (id is not null)
        {
            // The same request id arrived twice at once; the other one was recorded first.
            return (await requestIds.ResolveAsync(asked, asked.Request.RequestId!, cancellationToken)).Earlier
                ?? throw new LighthouseException(ErrorCodes.Conflict, "The same requestId is being decided; try again.");
        }
        finally
        {
            walk.Leave(leads);
        }
    }

    /// <summary>
    /// A repeated request id gets the same decision, but only while it would still be one. An allow is repeated for as long as a reply may have been
    /// lost: later it may depend on the hour, on other profiles or flags, or on a grant that was for one run.
    /// </summary>
    private bool MustBeJudgedAgain(DecisionDetail earlier, TierRequest asked) =>
        (earlier.Verdict != Verdict.Deny && admission.Halted(asked.Agent) is not null)
        || (earlier.Verdict == Verdict.Allow && (earlier.PolicySetVersion != asked.Policies.Version || time.GetUtcNow() - earlier.DecidedAt > LostReply));

    private sealed record OutcomePayload(int ExitCode, double DurationMs, int V = 1);
}
