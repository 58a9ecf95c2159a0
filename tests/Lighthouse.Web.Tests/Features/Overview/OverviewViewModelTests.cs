using Lighthouse.Contracts;
using Lighthouse.Engine.EventStore.Contracts;
using Lighthouse.Web.Features.Overview;
using Lighthouse.Web.Tests.Fakes;
using Microsoft.Extensions.Time.Testing;

namespace Lighthouse.Web.Tests.Features.Overview;

public sealed class OverviewViewModelTests
{
    private static OverviewViewModel Model(FakeTower tower) =>
        new(tower.Figures, tower.Inbox, tower.Presence, tower.Agents, tower.Store, tower.Log, tower.Speed);

    [Fact]
    public void Refresh_NothingMeasured_ShowsNoFigureInsteadOfZero()
    {
        var tower = new FakeTower(new FakeTimeProvider());
        tower.Figures.ComponentList.Add(new ComponentFigures(ComponentNames.ValidationEngine, []));
        var model = Model(tower);
        model.Refresh();
        model.IsFirstStart.ShouldBeTrue();
        model.HitRatio.ShouldBeNull();
        model.Engine!.Measured.ShouldBeFalse();
        model.Engine.Recent.ShouldBeEmpty();
    }

    [Fact]
    public void Refresh_Busy_SharesOfTiersAddUp()
    {
        var model = Model(BusyTower.Create(new FakeTimeProvider()));
        model.Refresh();
        // 300 of 70,600 were passed on by the last tier.
        model.Tiers.Sum(tier => tier.Share ?? 0).ShouldBe(1 - (300 / 70_600.0), 0.000001);
        model.OpenEscalations.ShouldBe(3);
        model.ConnectedAgents.ShouldBe(3);
    }

    [Theory]
    [InlineData("5m", "5m")]
    [InlineData("7d", "1m")]
    [InlineData(null, "1m")]
    public void ShowWindow_FromTheAddress_FallsBackToAMinute(string? asked, string shown)
    {
        var model = Model(BusyTower.Create(new FakeTimeProvider()));
        model.ShowWindow(asked);
        model.Window.ShouldBe(shown);
    }

    [Theory]
    [InlineData(true, null, 0, HealthLevel.Good)]
    [InlineData(true, "The log is broken at position 7.", 0, HealthLevel.Degraded)]
    [InlineData(true, null, 5000, HealthLevel.Degraded)]
    [InlineData(false, "The disk is full.", 0, HealthLevel.Failed)]
    public void Health_OfTheStore_IsOneLevelAndOneSentence(bool writable, string? problem, long lag, HealthLevel level)
    {
        var health = StoreHealth.Of(new EventStoreHealth(writable, problem, 0, 10), lag);
        health.Level.ShouldBe(level);
        if (problem is not null)
        {
            health.Sentence.ShouldContain(problem);
        }
    }
}
