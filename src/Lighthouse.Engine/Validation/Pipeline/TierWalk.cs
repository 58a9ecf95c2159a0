using Lighthouse.Contracts;
using Lighthouse.Engine.Telemetry.Contracts;
using Lighthouse.Engine.Validation.Contracts;
using Microsoft.Extensions.Logging;

namespace Lighthouse.Engine.Validation.Pipeline;

/// <summary>Asks the tiers in order; the first that answers wins. The one place where "nobody could answer" becomes a verdict.</summary>
internal sealed class TierWalk
{
    private readonly (ITier Tier, ITierRecorder Recorder)[] _tiers;
    private readonly IEpochs _epochs;
    private readonly TimeProvider _time;
    private readonly ILogger<TierWalk> _log;

    public TierWalk(IEnumerable<ITier> tiers, IEpochs epochs, ITelemetry telemetry, TimeProvider time, ILogger<TierWalk> log)
    {
        _tiers = [.. tiers.Select(tier => (tier, telemetry.Tier(tier.Name)))];
        _epochs = epochs;
        _time = time;
        _log = log;
    }

    public async ValueTask<(TierVerdict Verdict, IReadOnlyList<TierTiming> Timings)> AskAsync(TierRequest asked, CancellationToken cancellationToken)
    {
        var timings = new List<TierTiming>(_tiers.Length);
        foreach (var (tier, recorder) in _tiers)
        {
            var started = _time.GetTimestamp();
            // Another node may have changed the rules: what was remembered does not count until the generation is confirmed.
            var answer = tier is IPromotionTier && !_epochs.IsConfirmed(started)
                ? TierAnswer.Abstain("the current generation is not confirmed")
                : await AskOneAsync(tier, asked, cancellationToken);
            var elapsed = _time.GetTimestamp() - started;
            recorder.Record(elapsed, answer switch { { Verdict: not null } => TierOutcome.Hit, { Failed: true } => TierOutcome.Failed, _ => TierOutcome.Miss });
            var outcome = answer.Verdict is not null ? "answered" : answer.Failed ? "failed" : "abstained";
            timings.Add(new TierTiming(tier.Name, outcome, Math.Round(elapsed * 1000.0 / _time.TimestampFrequency, 4), answer.Note));
            if (answer.Verdict is { } verdict)
            {
                return (verdict, timings);
            }
        }

        return (FailClosed(asked), timings);
    }

    /// <summary>Offers a durable allow or deny of a slower tier to those that remember.</summary>
    public void Promote(TierRequest asked, TierVerdict verdict)
    {
        if (verdict.Verdict == Verdict.Escalate || verdict.Tier is not (DecisionTier.Policy or DecisionTier.Pattern or DecisionTier.Redis))
        {
            return;
        }

        foreach (var (tier, _) in _tiers)
        {
            if (tier is IPromotionTier target)
            {
                target.Promote(asked, verdict);
            }
        }
    }

    private async ValueTask<TierAnswer> AskOneAsync(ITier tier, TierRequest asked, CancellationToken cancellationToken)
    {
        try
        {
            return await tier.AskAsync(asked, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            _log.TierFailed(exception, tier.Name);
            return TierAnswer.Fail(exception.GetType().Name);
        }
    }

    private static TierVerdict FailClosed(TierRequest asked)
    {
        var analysis = asked.AnalysisOrNull;
        var risk = analysis is { Risk: > Risk.High } ? analysis.Risk : Risk.High;
        return new TierVerdict(
            Verdict.Escalate, DecisionTier.FailClosed, "No tier could judge this request; a human has to.",
            risk, analysis?.Effects ?? [EffectNames.Unknown], ["system:fail-closed"], analysis);
    }
}
