using Lighthouse.Contracts;
using Lighthouse.Web.Features.Escalations;
using Lighthouse.Web.Tests.Fakes;
using Microsoft.Extensions.Time.Testing;

namespace Lighthouse.Web.Tests.Features.Escalations;

public sealed class EscalationsViewModelTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 5, 1, 14, 0, 0, TimeSpan.Zero));
    private readonly FakeTower _tower;
    private readonly EscalationsViewModel _model;

    public EscalationsViewModelTests()
    {
        _tower = new FakeTower(_time);
        _model = new EscalationsViewModel(_tower.Inbox, _tower.Log, new FakeCaller());
        Add("late", 300);
        Add("soon", 60);
    }

    private string[] Shown => [.. _model.Rows.Select(row => row.Escalation.Id)];

    [Fact]
    public async Task Show_NoId_SelectsTheNearestDeadline()
    {
        await _model.ShowAsync(null, decided: false);
        Shown.ShouldBe(["soon", "late"]);
        _model.Selected!.Id.ShouldBe("soon");
        _model.IsChosen.ShouldBeFalse();
    }

    [Fact]
    public async Task Refresh_PointerInside_AppendsAndMovesNothing()
    {
        await _model.ShowAsync(null, decided: false);
        _model.Hold = true;
        Add("urgent", 5);
        await _tower.Inbox.VoteAsync(FakeCaller.Kim, "soon", new Vote { Kind = VoteKind.Reject, Reason = "no" }, CancellationToken.None);
        await _model.RefreshAsync();

        Shown.ShouldBe(["soon", "late", "urgent"]);
        _model.Rows[0].Gone.ShouldBeTrue();
        _model.Rows[2].Fresh.ShouldBeTrue();
        _model.Selected!.State.ShouldBe(EscalationState.Rejected);

        _model.Hold = false;
        await _model.RefreshAsync();
        Shown.ShouldBe(["urgent", "late"]);
    }

    [Fact]
    public async Task Vote_SomebodyWasQuicker_SaysSoAndShowsHowItStands()
    {
        await _model.ShowAsync("soon", decided: false);
        _tower.Inbox.Refusal = new LighthouseException(ErrorCodes.EscalationDecided, "robin rejected this a moment ago; your vote was not counted.");
        (await _model.VoteAsync(VoteKind.Approve, "")).ShouldBeFalse();
        _model.Problem!.Code.ShouldBe(ErrorCodes.EscalationDecided);
        _model.Problem.Message.ShouldContain("robin");
        _model.Selected!.Id.ShouldBe("soon");
    }

    [Fact]
    public async Task Show_UnknownId_SaysSo()
    {
        await _model.ShowAsync("nothing", decided: false);
        _model.Selected.ShouldBeNull();
        _model.Problem!.Code.ShouldBe(ErrorCodes.NotFound);
    }

    [Fact]
    public async Task Claim_ThenRelease_FollowsTheInbox()
    {
        await _model.ShowAsync("soon", decided: false);
        await _model.ClaimAsync();
        _model.Selected!.ClaimedBy.ShouldBe("human:kim");
        _model.Mine.ShouldBe(1);
        _model.Mine.ShouldBe(1);
        await _model.ReleaseAsync();
        _model.Mine.ShouldBe(0);
    }

    private void Add(string id, int seconds) => _tower.Inbox.All.Add(BusyTower.Escalation(_time, id, "sudo ls", Risk.High, seconds, true));
}
