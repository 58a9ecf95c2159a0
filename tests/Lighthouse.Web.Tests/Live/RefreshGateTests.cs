using Lighthouse.Engine;
using Lighthouse.Engine.Platform;
using Lighthouse.Web.Live;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Lighthouse.Web.Tests.Live;

public sealed class RefreshGateTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 5, 1, 14, 3, 12, TimeSpan.Zero));
    private readonly IChangeSignal _signal;
    private readonly RefreshGate _gate;
    private readonly SemaphoreSlim _passed = new(0);
    private int _passes;

    public RefreshGateTests()
    {
        _signal = new ServiceCollection().AddLogging().AddLighthouseEngine().BuildServiceProvider().GetRequiredService<IChangeSignal>();
        _gate = new RefreshGate(_signal, _time, NullLogger<RefreshGate>.Instance);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _gate.DisposeAsync();
        _passed.Dispose();
    }

    [Fact]
    public async Task Publish_ManyTimesAtOnce_RefreshesOnceThenOnceMore()
    {
        using var listening = _gate.Listen(ChangeTopic.Figures, CountAsync);
        _signal.Publish(ChangeTopic.Figures);
        await PassAsync();
        for (var i = 0; i < 1000; i++)
        {
            _signal.Publish(ChangeTopic.Figures);
        }

        await AdvanceUntilAsync(2);
        _passes.ShouldBe(2);
    }

    [Fact]
    public async Task Publish_OtherTopic_DoesNotRefresh()
    {
        using var listening = _gate.Listen(ChangeTopic.Agents, CountAsync);
        var other = new SemaphoreSlim(0);
        using var always = _gate.Listen(ChangeTopic.Figures, () => { other.Release(); return Task.CompletedTask; });
        _signal.Publish(ChangeTopic.Figures);
        (await other.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken)).ShouldBeTrue();
        _passes.ShouldBe(0);
    }

    [Fact]
    public async Task Pause_ThenResume_SaysSinceWhenAndCatchesUp()
    {
        using var listening = _gate.Listen(ChangeTopic.Decisions, CountAsync);
        var badge = new SemaphoreSlim(0);
        using var always = _gate.Listen(ChangeTopic.Decisions, () => { badge.Release(); return Task.CompletedTask; }, always: true);

        _gate.Pause();
        _gate.PausedSince.ShouldBe(_time.GetUtcNow());
        _signal.Publish(ChangeTopic.Decisions);
        (await badge.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken)).ShouldBeTrue();
        _passes.ShouldBe(0);

        _gate.Resume();
        _gate.PausedSince.ShouldBeNull();
        await AdvanceUntilAsync(1);
        _passes.ShouldBe(1);
    }

    [Fact]
    public async Task Refresh_Throws_TheNextOneStillRuns()
    {
        using var broken = _gate.Listen(ChangeTopic.Agents, () => throw new InvalidOperationException("broken page"));
        using var listening = _gate.Listen(ChangeTopic.Agents, CountAsync);
        _signal.Publish(ChangeTopic.Agents);
        await PassAsync();
        _passes.ShouldBe(1);
    }

    private Task CountAsync()
    {
        Interlocked.Increment(ref _passes);
        _passed.Release();
        return Task.CompletedTask;
    }

    private async Task PassAsync() =>
        (await _passed.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken)).ShouldBeTrue();

    // The pump arms its delay after a pass, on its own thread: advance until it has noticed.
    private async Task AdvanceUntilAsync(int passes)
    {
        while (Volatile.Read(ref _passes) < passes)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            _time.Advance(RefreshGate.Interval);
            await Task.Yield();
        }
    }
}
