using Lighthouse.Contracts;
using Lighthouse.Engine.Validation.Contracts;
using Lighthouse.Web.Features.Decisions;
using Lighthouse.Web.Tests.Fakes;
using Microsoft.Extensions.Time.Testing;

namespace Lighthouse.Web.Tests.Features.Decisions;

public sealed class DecisionsViewModelTests
{
    private static readonly DecisionFilter All = new(null, null, null, null);
    private readonly FakeTower _tower = BusyTower.Create(new FakeTimeProvider());
    private readonly DecisionsViewModel _model;

    public DecisionsViewModelTests() => _model = new DecisionsViewModel(_tower.Log);

    [Fact]
    public async Task Window_ScrolledToTheEnd_ReadsEveryRowOnce()
    {
        await _model.ShowAsync(All);
        var (rows, total) = await _model.WindowAsync(380, 50);
        rows.Select(row => row.Position).ShouldBe(Enumerable.Range(1, 20).Reverse().Select(position => (long)position));
        total.ShouldBe(400);
    }

    [Fact]
    public async Task Refresh_SomebodyReads_SaysThatThereAreNewer()
    {
        await _model.ShowAsync(All);
        Add();
        _model.Hold = true;
        (await _model.RefreshAsync()).ShouldBeFalse();
        _model.HasNewer.ShouldBeTrue();
        (await _model.WindowAsync(0, 1)).Rows[0].Position.ShouldBe(400);
    }

    [Fact]
    public async Task Refresh_NobodyReads_PutsNewerOnTop()
    {
        await _model.ShowAsync(All);
        Add();
        (await _model.RefreshAsync()).ShouldBeTrue();
        (await _model.WindowAsync(0, 2)).Rows.Select(row => row.Position).ShouldBe([401, 400]);
    }

    [Fact]
    public async Task Refresh_MoreThanAPageArrived_LeavesNoGap()
    {
        await _model.ShowAsync(All);
        for (var i = 0; i < 120; i++)
        {
            Add();
        }

        await _model.RefreshAsync();
        var (rows, _) = await _model.WindowAsync(0, 200);
        rows.Select(row => row.Position).ShouldBe(Enumerable.Range(0, 200).Select(step => 520L - step));
    }

    [Fact]
    public async Task Show_Filter_ReachesTheLog()
    {
        await _model.ShowAsync(DecisionFilter.Of(" rm ", "deny", "fail-closed", null));
        _tower.Log.Asked[^1].ShouldBe(new DecisionQuery("rm", Verdict.Deny, null, DecisionTier.FailClosed, null, 50));
    }

    [Fact]
    public void Filter_NonsenseInTheAddress_AsksForNothing() =>
        DecisionFilter.Of(null, "perhaps", "basement", " ").Query(null, 50).ShouldBe(new DecisionQuery());

    private void Add()
    {
        var last = _tower.Log.Rows[^1];
        _tower.Log.Rows.Add(last with { Position = last.Position + 1, Id = "d" + (last.Position + 1) });
    }
}
