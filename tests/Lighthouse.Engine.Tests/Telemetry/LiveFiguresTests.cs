using Lighthouse.Contracts;
using Lighthouse.Engine.Platform;
using Lighthouse.Engine.Telemetry.Contracts;

namespace Lighthouse.Engine.Tests.Telemetry;

public sealed class LiveFiguresTests
{
    private readonly FiguresFixture _fixture = new();

    [Fact]
    public void Components_NeverMeasured_HaveNoWindows()
    {
        _fixture.Seconds(5);
        _fixture.Figures.Components().Select(static one => one.Component).ShouldBe(ComponentNames.All);
        _fixture.Figures.Components().ShouldAllBe(static one => one.Windows.Count == 0);
        _fixture.Figures.Tiers().Select(static one => one.Tier).ShouldBe(["memory", "redis", "policy", "pattern", "expert"]);
        _fixture.Figures.Tiers().ShouldAllBe(static one => one.Windows.Count == 0);
    }

    [Fact]
    public void Window_BeforeTheFrameCloses_DoesNotCountIt()
    {
        _fixture.Record(1);
        _fixture.Window("10s").ShouldBeNull();
        _fixture.Seconds(1);
        _fixture.Window("10s")!.Count.ShouldBe(1);
    }

    [Fact]
    public void Windows_AsTimePasses_LetGoOfWhatIsTooOld()
    {
        _fixture.Record(1, 7);
        _fixture.Seconds(10);
        Counts().ShouldBe([7, 7, 7, 7]);
        _fixture.Record(1, 5);
        _fixture.Seconds(1);
        Counts().ShouldBe([5, 12, 12, 12]);
        _fixture.Seconds(50);
        Counts().ShouldBe([null, 5, 12, 12]);
        _fixture.Seconds(300);
        Counts().ShouldBe([null, null, null, 12]);
        _fixture.Seconds(3_300);
        Counts().ShouldBe([null, null, null, null]);

        long?[] Counts() => [.. new[] { "10s", "1m", "5m", "1h" }.Select(name => _fixture.Window(name)?.Count)];
    }

    [Fact]
    public void Windows_AfterThePcSleptForADay_AreEmptyAndGoOn()
    {
        _fixture.Record(1, 7);
        _fixture.Seconds(1);
        _fixture.Time.Advance(TimeSpan.FromDays(1));
        _fixture.Record(2, 3);
        _fixture.Figures.CloseFrame();
        _fixture.Window("1h")!.Count.ShouldBe(3);
        _fixture.Seconds(10);
        _fixture.Window("10s").ShouldBeNull();
        _fixture.Window("1m")!.Count.ShouldBe(3);
    }

    [Fact]
    public void Windows_WhenTicksWereMissed_ForgetTheSameSeconds()
    {
        _fixture.Record(1, 7);
        _fixture.Seconds(1);
        _fixture.Time.Advance(TimeSpan.FromSeconds(6));
        _fixture.Record(1, 2);
        _fixture.Figures.CloseFrame();
        _fixture.Window("10s")!.Count.ShouldBe(9);
        _fixture.Seconds(4);
        _fixture.Window("10s")!.Count.ShouldBe(2);
    }

    [Fact]
    public void Percentiles_OfTwoUnequalSeconds_AreMergedNotAveraged()
    {
        _fixture.Record(1, 990);
        _fixture.Seconds(1);
        _fixture.Record(100, 10);
        _fixture.Seconds(1);
        var window = _fixture.Window("1m")!;
        window.P50Ms.ShouldBe(1, 0.004);
        window.P99Ms.ShouldBe(1, 0.004);
        window.MaxMs.ShouldBe(100, 0.4);
    }

    [Fact]
    public void Percentiles_OfMicroseconds_AreNotZero()
    {
        _fixture.Record(0.0012, 100);
        _fixture.Seconds(1);
        _fixture.Window("10s")!.P50Ms.ShouldBe(0.0012, 0.000005);
    }

    [Fact]
    public void Measurement_LongerThanTheRangeOrNegative_IsCountedAtTheEdge()
    {
        _fixture.Record(2 * 3_600_000d);
        _fixture.Recorder.Record(long.MaxValue);
        _fixture.Recorder.Record(-5);
        _fixture.Seconds(1);
        var window = _fixture.Window("10s")!;
        window.Count.ShouldBe(3);
        window.MaxMs.ShouldBe(3_600_000, 36_000);
    }

    [Fact]
    public void Rate_OfAYoungProcess_DividesByTheSecondsThatWere()
    {
        _fixture.Record(1, 100);
        _fixture.Seconds(4);
        _fixture.Window("1h")!.RatePerSecond.ShouldBe(25);
        _fixture.Seconds(16);
        _fixture.Window("1m")!.RatePerSecond.ShouldBe(5);
    }

    [Fact]
    public void ErrorRatio_CountsErrorsOverAll()
    {
        _fixture.Record(1, 3);
        _fixture.Record(1, 1, error: true);
        _fixture.Seconds(1);
        var window = _fixture.Window("10s")!;
        (window.Count, window.ErrorRatio).ShouldBe((4, 0.25));
    }

    [Fact]
    public void Tier_HitsMissesAndFailures_AreKeptApart()
    {
        var tier = _fixture.Figures.Tier("memory");
        for (var i = 0; i < 10; i++)
        {
            tier.Record(10, i < 6 ? TierOutcome.Hit : i < 8 ? TierOutcome.Miss : TierOutcome.Failed);
        }

        _fixture.Figures.Tier("redis").Record(10, TierOutcome.Failed);
        _fixture.Seconds(1);
        var tiers = _fixture.Figures.Tiers().ToDictionary(static one => one.Tier, static one => one.Windows);
        var window = tiers["memory"].Single(static one => one.Window == "1m");
        (window.Count, window.Hits, window.Misses, window.HitRatio, window.ErrorRatio).ShouldBe((10, 6, 2, 0.75, 0.2));
        tiers["redis"][0].HitRatio.ShouldBeNull("it was never really asked");
        tiers["policy"].ShouldBeEmpty();
    }

    [Fact]
    public void Verdicts_AreCountedPerWindow()
    {
        _fixture.Figures.Decided(1_000, Verdict.Allow);
        _fixture.Figures.Decided(1_000, Verdict.Allow);
        _fixture.Figures.Decided(1_000, Verdict.Deny);
        _fixture.Seconds(11);
        _fixture.Figures.Decided(1_000, Verdict.Escalate);
        _fixture.Seconds(1);
        _fixture.Figures.Verdicts("10s").ShouldBe(new VerdictMix(0, 1, 0));
        _fixture.Figures.Verdicts("5m").ShouldBe(new VerdictMix(2, 1, 1));
        var engine = _fixture.Figures.Components().Single(static one => one.Component == ComponentNames.ValidationEngine).Windows.Single(static one => one.Window == "5m");
        (engine.Count, engine.ErrorRatio).ShouldBe((4, 0), "the same count says how long they took");
    }

    [Fact]
    public void Names_ThatDoNotExist_AreRefused()
    {
        Should.Throw<ArgumentException>(() => _fixture.Figures.Component("validation"));
        Should.Throw<ArgumentException>(() => _fixture.Figures.Tier("disk"));
        Should.Throw<ArgumentException>(() => _fixture.Figures.Verdicts("2m"));
    }

    [Fact]
    public void CloseFrame_TellsThatFiguresChanged_OncePerSecond()
    {
        var told = 0;
        using var subscription = _fixture.Changes.Subscribe(ChangeTopic.Figures, () => told++);
        _fixture.Seconds(2);
        _fixture.Figures.CloseFrame();
        told.ShouldBe(2);
        _fixture.Figures.AsOf.ShouldBe(_fixture.Time.GetUtcNow());
    }
}
