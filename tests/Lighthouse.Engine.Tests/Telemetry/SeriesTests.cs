using Lighthouse.Contracts;
using Lighthouse.Engine.Telemetry.Contracts;

namespace Lighthouse.Engine.Tests.Telemetry;

public sealed class SeriesTests
{
    private readonly FiguresFixture _fixture = new();

    [Fact]
    public void Series_OneSecondSteps_HasAPointForEachSecond()
    {
        _fixture.Record(2, 3);
        _fixture.Record(2, 1, error: true);
        _fixture.Seconds(2);
        var points = Series(5, 1);
        points.Select(static one => one.Count).ShouldBe([0, 0, 0, 4, 0]);
        points[3].P50Ms!.Value.ShouldBe(2, 0.01);
        points[3].Errors.ShouldBe(1);
        points[4].P50Ms.ShouldBeNull();
        points[4].At.ShouldBe(_fixture.Time.GetUtcNow().AddSeconds(-1));
    }

    [Fact]
    public void Series_AnyStep_CountsEverySecondOnce()
    {
        const int Seconds = 3_700;
        for (var second = 0; second < Seconds; second++)
        {
            _fixture.Record(1, second % 3);
            _fixture.Seconds(1);
        }

        foreach (var (span, step) in new[] { (60, 7), (300, 10), (900, 30), (3_600, 60), (3_000, 300) })
        {
            var from = (Seconds / step * step) - span / step * step;
            var points = Series(span, step);
            points.Count.ShouldBe(span / step);
            points.Sum(static one => one.Count).ShouldBe(Enumerable.Range(from, points.Count * step).Sum(static second => second % 3), $"{span} s by {step} s");
        }
    }

    [Fact]
    public void Series_WithinAStep_DoesNotMove()
    {
        _fixture.Record(1, 5);
        _fixture.Seconds(10);
        var first = Series(60, 10);
        _fixture.Record(1, 5);
        _fixture.Seconds(9);
        Series(60, 10).ShouldBeSameAs(first);
        _fixture.Seconds(1);
        Series(60, 10)[^1].Count.ShouldBe(5);
    }

    [Fact]
    public void Series_OfTensOfSeconds_SurvivesMissedTicks()
    {
        _fixture.Record(1, 4);
        _fixture.Seconds(1);
        _fixture.Time.Advance(TimeSpan.FromSeconds(25));
        _fixture.Figures.CloseFrame();
        _fixture.Seconds(10);
        Series(60, 10).Sum(static one => one.Count).ShouldBe(4);
    }

    [Fact]
    public void TierSeries_HitsAndMisses_MakeARatioAndSilenceMakesNone()
    {
        var memory = _fixture.Figures.Tier("memory");
        foreach (var outcome in new[] { TierOutcome.Hit, TierOutcome.Hit, TierOutcome.Hit, TierOutcome.Miss, TierOutcome.Failed })
        {
            memory.Record(100, outcome);
        }

        _fixture.Seconds(2);
        var points = _fixture.Figures.TierSeries("memory", TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(1));
        points.Select(static one => (one.Hits, one.Misses, one.Failed)).ShouldBe([(0, 0, 0), (3, 1, 1), (0, 0, 0)]);
        points.Select(static one => one.HitRatio).ShouldBe([null, 0.75, null]);
        _fixture.Figures.TierSeries("redis", TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(1)).ShouldAllBe(static one => one.HitRatio == null);
    }

    private IReadOnlyList<SeriesPoint> Series(int span, int step) =>
        _fixture.Figures.Series(ComponentNames.ValidationEngine, TimeSpan.FromSeconds(span), TimeSpan.FromSeconds(step));
}
