using Lighthouse.Engine.Platform;
using Lighthouse.Engine.Telemetry.Contracts;
using Lighthouse.Engine.Validation.Contracts;
using Microsoft.Extensions.Logging;

namespace Lighthouse.Engine.Validation.Pipeline;

/// <summary>One tier with what stands around it: limits, breaker, counts. An error of the tier ends here as an abstention.</summary>
internal sealed class TierSlot(ITier tier, IEpochs epochs, ITierRecorder recorder, TimeProvider time, ILogger log)
{
    private readonly StripedCounter _hits = new();
    private readonly StripedCounter _misses = new();
    private readonly StripedCounter _failed = new();
    private readonly StripedCounter _slow = new();
    private readonly StripedCounter _notAsked = new();
    private readonly StripedCounter _timedOut = new();
    private readonly TierLimits _limits = tier.Limits;
    private readonly long _soft = (long)(tier.Limits.Soft.TotalSeconds * time.TimestampFrequency);

    public ITier Tier => tier;

    public IPromotionTier? Remembers { get; } = tier as IPromotionTier;

    public TierBreaker? Breaker { get; } = BreakerOf(tier, time);

    public async ValueTask<TierAnswer> AskAsync(TierRequest asked, long started)
    {
        // Another node may have changed the rules: what was remembered does not count until the generation is confirmed.
        if (Remembers is not null && !epochs.IsConfirmed(started))
        {
            _notAsked.Increment();
            return TierAnswer.PassOver("the current generation is not confirmed");
        }

        var probes = false;
        if (Breaker is { } breaker && !breaker.TryEnter(out probes))
        {
            _notAsked.Increment();
            return TierAnswer.PassOver("breaker open");
        }

        try
        {
            var asking = tier.AskAsync(asked, CancellationToken.None);
            return Settle(asking.IsCompletedSuccessfully ? await asking : await WaitAsync(asking.AsTask()), probes);
        }
        catch (Exception exception)
        {
            log.TierFailed(exception, tier.Name);
            return Settle(TierAnswer.Fail(exception.GetType().Name), probes);
        }
    }

    /// <param name="elapsed">In ticks of <see cref="TimeProvider.TimestampFrequency"/>.</param>
    public void Record(TierAnswer answer, long elapsed)
    {
        if (answer.PassedOver)
        {
            return;
        }

        recorder.Record(elapsed, answer switch { { Verdict: not null } => TierOutcome.Hit, { Failed: true } => TierOutcome.Failed, _ => TierOutcome.Miss });
        (answer switch { { Verdict: not null } => _hits, { Failed: true } => _failed, _ => _misses }).Increment();
        if (elapsed > _soft)
        {
            _slow.Increment();
        }
    }

    public TierState State() => new(
        tier.Name, _hits.Value, _misses.Value, _failed.Value, _slow.Value, _timedOut.Value, _notAsked.Value, _limits.Soft.TotalMilliseconds,
        _limits.Hard.TotalMilliseconds, Remembers?.Holdings(), Breaker?.Snapshot());

    private static TierBreaker? BreakerOf(ITier tier, TimeProvider time)
    {
        if (!tier.IsRemote)
        {
            return null;
        }

        var breaker = new TierBreaker(time);
        tier.WhenHeardFrom(breaker.HeardFrom);
        return breaker;
    }

    private async Task<TierAnswer> WaitAsync(Task<TierAnswer> asking)
    {
        try
        {
            return await asking.WaitAsync(_limits.Hard, time);
        }
        catch (TimeoutException)
        {
            if (asking.IsCompleted)
            {
                return await asking;
            }

            // Left behind; whatever comes of it is nobody's any more.
            _ = asking.ContinueWith(static late => _ = late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            _timedOut.Increment();
            return TierAnswer.Away($"no answer within {_limits.Hard.TotalMilliseconds:0} ms");
        }
    }

    private TierAnswer Settle(TierAnswer answer, bool probes)
    {
        if (Breaker is not { } breaker)
        {
            return answer;
        }

        if (answer.Unavailable)
        {
            breaker.Failed(answer.Note ?? "no answer", probes);
        }
        else if (answer.Failed || answer.AskedNobody)
        {
            breaker.Undecided(probes);
        }
        else
        {
            breaker.Succeeded(probes);
        }

        return answer;
    }
}
