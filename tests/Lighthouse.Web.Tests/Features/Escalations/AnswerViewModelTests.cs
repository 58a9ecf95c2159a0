using Lighthouse.Contracts;
using Lighthouse.Web.Features.Escalations;
using Lighthouse.Web.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Lighthouse.Web.Tests.Features.Escalations;

public sealed class AnswerViewModelTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 5, 1, 14, 0, 0, TimeSpan.Zero));
    private readonly FakeTower _tower;
    private readonly EscalationsViewModel _inbox;

    public AnswerViewModelTests()
    {
        _tower = new FakeTower(_time);
        _inbox = new EscalationsViewModel(_tower.Inbox, _tower.Log, new FakeCaller());
        _tower.Inbox.All.Add(BusyTower.Escalation(_time, "plain", "npm ci", Risk.Medium, 60, dangerous: false));
        _tower.Inbox.All.Add(BusyTower.Escalation(_time, "dangerous", "sudo ls", Risk.High, 120, dangerous: true));
    }

    [Fact]
    public async Task Approve_WithoutReason_Counts()
    {
        var answer = await LookAtAsync("plain");
        (await answer.AnswerAsync(VoteKind.Approve)).ShouldBe(AnswerStep.Done);
        _tower.Inbox.Votes.Single().Vote.Kind.ShouldBe(VoteKind.Approve);
        answer.Outcome!.ShouldContain("2 waiting calls are released");
    }

    [Fact]
    public async Task Reject_WithoutReason_AsksForOne()
    {
        var answer = await LookAtAsync("plain");
        (await answer.AnswerAsync(VoteKind.Reject)).ShouldBe(AnswerStep.NeedsReason);
        _tower.Inbox.Votes.ShouldBeEmpty();
        answer.Reason = "Not part of the task.";
        (await answer.AnswerAsync(VoteKind.Reject)).ShouldBe(AnswerStep.Done);
        _tower.Inbox.Votes.Single().Vote.Reason.ShouldBe("Not part of the task.");
    }

    [Fact]
    public async Task Approve_DangerousWithoutFreshSignIn_AsksForItThenVotes()
    {
        var answer = await LookAtAsync("dangerous");
        (await answer.AnswerAsync(VoteKind.Approve)).ShouldBe(AnswerStep.NeedsSignIn);
        (await answer.ConfirmAsync("wrong")).IsRight.ShouldBeFalse();
        _tower.Inbox.Votes.ShouldBeEmpty();
        (await answer.ConfirmAsync("right")).IsRight.ShouldBeTrue();
        _tower.Inbox.Votes.Single().Id.ShouldBe("dangerous");
    }

    [Fact]
    public async Task Approve_DangerousWithoutAnythingToConfirmWith_NeverVotes()
    {
        var answer = await LookAtAsync("dangerous", withSignIn: false);
        (await answer.AnswerAsync(VoteKind.Approve)).ShouldBe(AnswerStep.NeedsSignIn);
        (await answer.ConfirmAsync("right")).IsRight.ShouldBeFalse();
        _tower.Inbox.Votes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Approve_SecondHalfOfADoubleClick_DoesNotAnswerTheNextOne()
    {
        _tower.FreshSignIn.Fresh = true;
        var answer = await LookAtAsync("plain");
        await answer.AnswerAsync(VoteKind.Approve);
        await _inbox.ShowAsync("dangerous", decided: false);
        (await answer.AnswerAsync(VoteKind.Approve)).ShouldBe(AnswerStep.TooSoon);
        _tower.Inbox.Votes.Count.ShouldBe(1);
        _time.Advance(AnswerViewModel.LookFirst);
        (await answer.AnswerAsync(VoteKind.Approve)).ShouldBe(AnswerStep.Done);
    }

    private async Task<AnswerViewModel> LookAtAsync(string id, bool withSignIn = true)
    {
        await _inbox.ShowAsync(id, decided: false);
        var services = new ServiceCollection();
        if (withSignIn)
        {
            services.AddSingleton<Web.Ui.IFreshSignIn>(_tower.FreshSignIn);
        }

        return new AnswerViewModel(_inbox, _time, services.BuildServiceProvider());
    }
}
