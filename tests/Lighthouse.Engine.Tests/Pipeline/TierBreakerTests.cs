using Lighthouse.Engine.Validation.Contracts;
using Lighthouse.Engine.Validation.Pipeline;
using Microsoft.Extensions.Time.Testing;

namespace Lighthouse.Engine.Tests.Pipeline;

public sealed class TierBreakerTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly TierBreaker _breaker;

    public TierBreakerTests() => _breaker = new TierBreaker(_time);

    private BreakerState State => _breaker.Snapshot().State;

    [Fact]
    public void FiveFailuresOverTheSpan_Open()
    {
        Fail(4);
        _time.Advance(TierBreaker.Span);
        State.ShouldBe(BreakerState.Closed);
        Fail(1);
        State.ShouldBe(BreakerState.Open);
        Enter().ShouldBeFalse();
        _breaker.Snapshot().LastFailure.ShouldBe("no answer");
    }

    [Fact]
    public void BurstOfFailuresAtOneMoment_DoesNotOpen()
    {
        // A pause of this process lets every outstanding request run into its limit at once; that says nothing about the other side.
        Fail(1_000);
        State.ShouldBe(BreakerState.Closed);
        Enter().ShouldBeTrue();
    }

    [Fact]
    public void OneAnswerInTime_StartsAnew()
    {
        for (var i = 0; i < 100; i++)
        {
            Fail(4);
            _time.Advance(TierBreaker.Span);
            _breaker.Succeeded(probes: false);
        }

        State.ShouldBe(BreakerState.Closed);
        _breaker.Snapshot().Opened.ShouldBe(0);
    }

    [Fact]
    public void AfterThirtySeconds_OneProbesAndTheOthersWait()
    {
        Open();
        _time.Advance(TierBreaker.OpenFor - TimeSpan.FromMilliseconds(1));
        Enter().ShouldBeFalse();
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Enter().ShouldBeTrue();
        Enter().ShouldBeFalse("one probe at a time");
        _breaker.Failed("still away", probes: true);
        State.ShouldBe(BreakerState.Open);
        Enter().ShouldBeFalse();
        _time.Advance(TierBreaker.OpenFor);
        Enter().ShouldBeTrue();
        _breaker.Succeeded(probes: true);
        State.ShouldBe(BreakerState.Closed);
        Enter().ShouldBeTrue();
        Enter().ShouldBeTrue();
    }

    [Fact]
    public void HealthCheckAnswered_TheProbeGoesAtOnce()
    {
        Open();
        _time.Advance(TierBreaker.Rest);
        _breaker.HeardFrom();
        Enter().ShouldBeTrue();
        Enter().ShouldBeFalse();
        _breaker.Undecided(probes: true);
        Enter().ShouldBeTrue("the probe said nothing, another may go");
    }

    [Fact]
    public void WhatBeganEarlierAndEndsLate_NeitherOpensNorClosesAgain()
    {
        Open();
        _time.Advance(TierBreaker.OpenFor);
        Enter().ShouldBeTrue();
        _breaker.Failed("a request of half a minute ago", probes: false);
        State.ShouldBe(BreakerState.HalfOpen);
        _breaker.Succeeded(probes: false);
        State.ShouldBe(BreakerState.HalfOpen);
        _breaker.Undecided(probes: false);
        Enter().ShouldBeFalse("the probe is still under way");
        _breaker.Succeeded(probes: true);
        State.ShouldBe(BreakerState.Closed);
        _breaker.Snapshot().Opened.ShouldBe(1);
    }

    [Fact]
    public void WhoAskedNobody_IsNoAnswerInTime()
    {
        Fail(4);
        _time.Advance(TierBreaker.Span);
        _breaker.Undecided(probes: false);
        Fail(1);
        State.ShouldBe(BreakerState.Open);
    }

    private bool Enter() => _breaker.TryEnter(out _);

    private void Fail(int times)
    {
        for (var i = 0; i < times; i++)
        {
            _breaker.Failed("no answer", probes: false);
        }
    }

    private void Open()
    {
        Fail(5);
        _time.Advance(TierBreaker.Span);
        Fail(1);
        State.ShouldBe(BreakerState.Open);
    }
}
