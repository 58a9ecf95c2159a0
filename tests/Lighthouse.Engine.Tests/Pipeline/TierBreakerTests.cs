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
    public void FiveFailuresOverASecond_Open()
    {
        Fail(4);
        _time.Advance(TierBreaker.Span);
        State.ShouldBe(BreakerState.Closed);
        Fail(1);
        State.ShouldBe(BreakerState.Open);
        _breaker.TryEnter().ShouldBeFalse();
        _breaker.Snapshot().LastFailure.ShouldBe("no answer");
    }

    [Fact]
    public void BurstOfFailuresAtOneMoment_DoesNotOpen()
    {
        // A pause of this process lets every outstanding request run into its limit at once; that says nothing about the other side.
        Fail(1_000);
        State.ShouldBe(BreakerState.Closed);
        _breaker.TryEnter().ShouldBeTrue();
    }

    [Fact]
    public void OneAnswerInTime_StartsAnew()
    {
        for (var i = 0; i < 100; i++)
        {
            Fail(4);
            _time.Advance(TierBreaker.Span);
            _breaker.Succeeded();
        }

        State.ShouldBe(BreakerState.Closed);
        _breaker.Snapshot().Opened.ShouldBe(0);
    }

    [Fact]
    public void AfterThirtySeconds_OneProbesAndTheOthersWait()
    {
        Open();
        _time.Advance(TierBreaker.OpenFor - TimeSpan.FromMilliseconds(1));
        _breaker.TryEnter().ShouldBeFalse();
        _time.Advance(TimeSpan.FromMilliseconds(1));
        _breaker.TryEnter().ShouldBeTrue();
        _breaker.TryEnter().ShouldBeFalse("one probe at a time");
        _breaker.Failed("still away");
        State.ShouldBe(BreakerState.Open);
        _breaker.TryEnter().ShouldBeFalse();
        _time.Advance(TierBreaker.OpenFor);
        _breaker.TryEnter().ShouldBeTrue();
        _breaker.Succeeded();
        State.ShouldBe(BreakerState.Closed);
        _breaker.TryEnter().ShouldBeTrue();
        _breaker.TryEnter().ShouldBeTrue();
    }

    [Fact]
    public void HealthCheckAnswered_TheProbeGoesAtOnce()
    {
        Open();
        _time.Advance(TierBreaker.Span);
        _breaker.HeardFrom();
        _breaker.TryEnter().ShouldBeTrue();
        _breaker.TryEnter().ShouldBeFalse();
        _breaker.Undecided();
        _breaker.TryEnter().ShouldBeTrue("the probe said nothing, another may go");
    }

    private void Fail(int times)
    {
        for (var i = 0; i < times; i++)
        {
            _breaker.Failed("no answer");
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
