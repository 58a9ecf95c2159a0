using Lighthouse.Contracts;
using Lighthouse.Engine.Validation.Contracts;
using Lighthouse.Web.Features.SpeedLayer;
using Lighthouse.Web.Tests.Fakes;
using Microsoft.Extensions.Time.Testing;

namespace Lighthouse.Web.Tests.Features.SpeedLayer;

public sealed class TierStepTests
{
    private readonly FakeTower _tower = BusyTower.Create(new FakeTimeProvider());

    private IReadOnlyList<TierStep> Steps() => TierStep.Of(_tower.Speed.Tiers(), _tower.Figures.Tiers(), "1m");

    [Fact]
    public void Of_Busy_SharesFollowOneAnotherAndWithTheUnansweredMakeAWhole()
    {
        var steps = Steps();
        var asked = steps.Where(step => step.State is not null).ToList();
        asked[1].Before.ShouldBe(asked[0].Share!.Value, 0.000001);
        var total = 68_000 + 2_300 + 300;
        (asked.Sum(step => step.Share!.Value) + ((double)TierStep.Unanswered(steps) / total)).ShouldBe(1, 0.000001);
        TierStep.Unanswered(steps).ShouldBe(300);
    }

    [Fact]
    public void Of_Experts_HaveNoShare_TheyAnswerWhatATierHasAsked() => Steps()[^1].ShouldSatisfyAllConditions(
        step => step.Tier.ShouldBe("expert"), step => step.Share.ShouldBeNull(), step => step.BudgetMs.ShouldBeNull());

    [Fact]
    public void Of_ASecondOpinion_IsNotCountedTwice()
    {
        var before = Steps().Single(step => step.Tier == "policy");
        _tower.Speed.TierList.Add(new("pattern", 40, 260, 0, 0, 0, 0, 10, 100, null, null));
        _tower.Figures.TierList.Add(new TierFigures("pattern", [new("1m", 300, 1, 0.1, 0.2, 0.3, 1, 0, 40, 260, 0.13)]));
        var steps = Steps();
        steps.Single(step => step.Tier == "policy").ShouldBe(before);
        steps.Single(step => step.Tier == "pattern").Share.ShouldBeNull();
        TierStep.Unanswered(steps).ShouldBe(300);
        SpeedSummary.Of(steps, _tower.Speed.CoherenceNow, null).Sentence.ShouldEndWith("the others were judged by the policy tier.");
    }

    [Fact]
    public void Of_NoRedis_StillShowsTheStepThatIsNotThere()
    {
        Steps().Single(step => step.Tier == "redis").InUse.ShouldBeFalse();
        Steps().ShouldNotContain(step => step.Tier == "pattern");
    }

    [Fact]
    public void Of_NothingMeasured_HasNoShareInsteadOfZero()
    {
        _tower.Figures.TierList.Clear();
        _tower.Figures.TierList.Add(new TierFigures("memory", []));
        Steps().ShouldAllBe(step => step.Share == null && step.Figures == null);
    }

    [Theory]
    [InlineData(0.99, 100, false)]
    [InlineData(1.01, 100, true)]
    [InlineData(1.01, 99, false)]
    public void OverBudget_IsAboutTheP99OfEnoughRequests(double p99, long count, bool over)
    {
        _tower.Figures.TierList.Clear();
        _tower.Figures.TierList.Add(new TierFigures("memory", [new("1m", count, 1, 0.01, 0.02, p99, 2, 0, count - 1, 1, 0.9)]));
        Steps()[0].OverBudget.ShouldBe(over);
    }

    [Fact]
    public void Summary_NamesTheMostTellingCause()
    {
        SpeedSummary.Of(Steps(), _tower.Speed.CoherenceNow, null).ShouldSatisfyAllConditions(
            summary => summary.Level.ShouldBe(SpeedLevel.Fast), summary => summary.Sentence.ShouldStartWith("96.3 % of the decisions were remembered"));

        _tower.Speed.AddRedis(BreakerState.Open);
        SpeedSummary.Of(Steps(), _tower.Speed.CoherenceNow, _tower.Speed.RedisNow).Sentence.ShouldBe("The breaker of the redis tier is open: it is passed over.");
        SpeedSummary.Of(Steps(), _tower.Speed.CoherenceNow, _tower.Speed.RedisNow! with { Connected = false }).Sentence.ShouldStartWith("Redis does not answer");
        SpeedSummary.Of(Steps(), _tower.Speed.CoherenceNow with { Confirmed = false }, null).Sentence.ShouldStartWith("Nothing remembered answers");
    }

    [Fact]
    public void Summary_NothingAsked_SaysSo()
    {
        _tower.Figures.TierList.Clear();
        SpeedSummary.Of(Steps(), _tower.Speed.CoherenceNow, null).Level.ShouldBe(SpeedLevel.Unknown);
    }
}
