using Lighthouse.Contracts;
using Lighthouse.Engine.Validation.Contracts;
using Lighthouse.Web.Features.Policies;
using Lighthouse.Web.Tests.Fakes;
using Microsoft.Extensions.Time.Testing;

namespace Lighthouse.Web.Tests.Features.Policies;

public sealed class DryRunViewModelTests : IDisposable
{
    private static readonly PolicySetDocument Document = new() { Text = "forbid" };
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 5, 1, 14, 0, 0, TimeSpan.Zero));
    private readonly FakePolicySets _sets;
    private readonly DryRunViewModel _run;

    public DryRunViewModelTests()
    {
        _sets = new FakePolicySets(_clock);
        _run = new DryRunViewModel(_sets, new FakeCaller(), _clock);
    }

    [Fact]
    public async Task Run_ToItsEnd_KeepsEveryChangeAndTheCounts()
    {
        _sets.Steps.AddRange([Step(250, 2, finished: false), Step(500, 1, finished: true)]);
        _run.Days = 7;
        await _run.RunAsync(Document, "the text", static () => Task.CompletedTask);
        _run.Finished.ShouldBeTrue();
        _run.Running.ShouldBeFalse();
        _run.Changes.Count.ShouldBe(3);
        _run.Progress!.Seen.ShouldBe(500);
        var plan = _sets.Plans.ShouldHaveSingleItem();
        (plan.Version, plan.Document, plan.Decisions).ShouldBe((null, Document, 10_000));
        plan.Since.ShouldBe(_clock.GetUtcNow().AddDays(-7));
    }

    [Fact]
    public async Task Run_OfAnEmptyText_TriesNoPoliciesAtAll()
    {
        await _run.RunAsync(new PolicySetDocument(), "no text", static () => Task.CompletedTask);
        _sets.Plans.ShouldHaveSingleItem().Version.ShouldBe(0);
    }

    [Fact]
    public async Task Run_Cancelled_KeepsWhatWasFoundSoFar()
    {
        var second = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var steps = 0;
        _sets.Steps.AddRange([Step(250, 2, finished: false), Step(500, 1, finished: true)]);
        _sets.BeforeStep = async cancellationToken =>
        {
            if (++steps == 2)
            {
                second.SetResult();
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }
        };
        var running = _run.RunAsync(Document, "the text", static () => Task.CompletedTask);
        await second.Task;
        _run.Running.ShouldBeTrue();
        _run.Cancel();
        await running;
        (_run.Cancelled, _run.Finished, _run.Running).ShouldBe((true, false, false));
        _run.Changes.Count.ShouldBe(2);
        _run.Progress!.Seen.ShouldBe(250);
    }

    [Fact]
    public async Task Run_WhileAnotherGoesOn_SaysSo()
    {
        _sets.Refusal = new LighthouseException(ErrorCodes.Overloaded, "Another dry run is going on; wait for it or cancel it.");
        await _run.RunAsync(Document, "the text", static () => Task.CompletedTask);
        _run.Problem!.Code.ShouldBe(ErrorCodes.Overloaded);
        _run.Running.ShouldBeFalse();
    }

    public void Dispose() => _run.Dispose();

    private DryRunStep Step(int seen, int changes, bool finished) => new(
        seen, 500, 0,
        [.. Enumerable.Range(0, changes).Select(i => new DryRunChange($"d{seen}-{i}", seen, _clock.GetUtcNow(), "g1", "codex", "Bash", "ls", Verdict.Allow, Verdict.Allow, Verdict.Deny, ["p"], ""))],
        new Dictionary<string, int> { ["allow → deny"] = changes }, finished);
}
