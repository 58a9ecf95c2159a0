using Lighthouse.Contracts;
using Lighthouse.Engine.Telemetry.Contracts;
using Lighthouse.Engine.Validation.Contracts;
using Microsoft.Extensions.Logging;

namespace Lighthouse.Engine.Validation.Pipeline;

/// <summary>Asks the tiers in order; the first that answers wins. The one place where "nobody could answer" becomes a verdict.</summary>
internal sealed class TierWalk
{
    private readonly TierSlot[] _slots;
    private readonly TimeProvider _time;
    private readonly Flights _flights;
    private readonly IEpochs _epochs;

    public TierWalk(IEnumerable<ITier> tiers, IEpochs epochs, ITelemetry telemetry, TimeProvider time, ILogger<TierWalk> log)
    {
        _slots = [.. tiers.Where(static tier => tier.IsInUse).Select(tier => new TierSlot(tier, epochs, telemetry.Tier(tier.Name), time, log))];
        _time = time;
        _epochs = epochs;
        _flights = new Flights(time);
    }

    public IReadOnlyList<TierSlot> Slots => _slots;

    /// <summary>Judgements that identical requests could still join.</summary>
    public int UnderWay => _flights.Count;

    /// <summary>Judges the request, together with all identical ones that are under way. Who gives up waiting leaves the others undisturbed.</summary>
    /// <returns>The flight is not null for who leads it: it stays open for others until <see cref="Leave"/>.</returns>
    public async ValueTask<(Judgement Judgement, Flights.Flight? Leads)> AskAsync(TierRequest asked, CancellationToken cancellationToken)
    {
        // A memory look-up is over at once; it needs no company.
        if (_slots[0] is { Remembers: not null } first)
        {
            var started = _time.GetTimestamp();
            var answer = await first.AskAsync(asked, started);
            if (Answered(first, answer, started) is { } remembered)
            {
                return (remembered, null);
            }

            // Its second look, for what was remembered meanwhile, would be passed over as well.
            asked.PassedOver = answer.PassedOver ? answer : (TierAnswer?)null;
        }

        return await AskTogetherAsync(asked, cancellationToken);
    }

    public void Leave(Flights.Flight? leads)
    {
        if (leads is not null)
        {
            _flights.End(leads);
        }
    }

    /// <summary>Offers a durable allow or deny of a slower tier to those that remember.</summary>
    public void Promote(TierRequest asked, Judgement judgement)
    {
        var verdict = judgement.Verdict;
        if (verdict.Verdict == Verdict.Escalate || !verdict.Lasting || verdict.Tier is not (DecisionTier.Policy or DecisionTier.Pattern or DecisionTier.Redis) || !judgement.ClaimPromotion())
        {
            return;
        }

        foreach (var slot in _slots)
        {
            slot.Remembers?.Promote(asked, verdict, judgement.ExpiresAt);
        }
    }

    private async ValueTask<(Judgement Judgement, Flights.Flight? Leads)> AskTogetherAsync(TierRequest asked, CancellationToken cancellationToken)
    {
        var (flight, leads) = _flights.Join(asked, JudgeAsync);
        try
        {
            var judgement = await flight.Landed.WaitAsync(cancellationToken);
            // Who joins may come later than the confirmation lasts on which the leader was answered from what is remembered.
            var counts = leads || judgement.Verdict.Tier is not (DecisionTier.Memory or DecisionTier.Redis) || _epochs.IsConfirmed(_time.GetTimestamp());
            return (counts ? judgement : await JudgeAsync(asked), leads ? flight : null);
        }
        catch when (leads)
        {
            _flights.End(flight);
            throw;
        }
    }

    private Judgement? Answered(TierSlot slot, TierAnswer answer, long started)
    {
        if (answer.Verdict is not { } verdict)
        {
            return null;
        }

        var elapsed = _time.GetTimestamp() - started;
        slot.Record(answer, elapsed);
        return new Judgement(verdict, [Timing(slot, answer, elapsed)], answer.ExpiresAt);
    }

    // Under no caller's cancellation: others may be waiting for it. Each tier is bounded by its own limit.
    private async Task<Judgement> JudgeAsync(TierRequest asked)
    {
        var timings = new List<TierTiming>(_slots.Length);
        foreach (var slot in _slots)
        {
            if (asked.Escalated is not null && slot.Tier is not ISecondOpinion)
            {
                continue;
            }

            var started = _time.GetTimestamp();
            var answer = asked.PassedOver is { } passed && ReferenceEquals(slot, _slots[0]) ? passed : await slot.AskAsync(asked, started);
            var elapsed = _time.GetTimestamp() - started;
            slot.Record(answer, elapsed);
            timings.Add(Timing(slot, answer, elapsed));
            if (answer.Verdict is not { } verdict)
            {
                continue;
            }

            var merged = asked.Escalated is { } escalated ? SecondOpinions.Merge(escalated, verdict) : verdict;
            if (merged.Verdict != Verdict.Escalate)
            {
                return new Judgement(merged, timings, answer.ExpiresAt);
            }

            // Only who may be asked after an escalation is asked from here on.
            asked.Escalated = merged;
        }

        return new Judgement(asked.Escalated ?? FailClosed(asked), timings);
    }

    private TierTiming Timing(TierSlot slot, TierAnswer answer, long elapsed)
    {
        var outcome = answer.Verdict is not null ? "answered" : answer.Failed ? "failed" : "abstained";
        return new TierTiming(slot.Tier.Name, outcome, Math.Round(elapsed * 1000.0 / _time.TimestampFrequency, 4), answer.Note);
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
