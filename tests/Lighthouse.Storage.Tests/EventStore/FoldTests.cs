using Lighthouse.Engine.EventStore.Contracts;
using Microsoft.Extensions.DependencyInjection;

namespace Lighthouse.Storage.Tests.EventStore;

public sealed class FoldTests : IAsyncDisposable
{
    private readonly Tower _tower = new();

    public ValueTask DisposeAsync() => _tower.DisposeAsync();

    [Fact]
    public async Task Fold_AtStartAndLive_SeesItsTypesOnceInOrder()
    {
        var before = new RecordingFold("a", "b");
        _tower.Start(more: s => s.AddSingleton<IEventFold>(before));
        for (var i = 0; i < 50; i++)
        {
            await _tower.AppendAsync(
                Tower.Event("s", type: i % 2 == 0 ? "a" : "b"), Tower.Event("s", type: "c"), Tower.Event($"d-{i}", type: EventTypes.DecisionRecorded));
            // Before the acknowledgement: whoever appended reads their own write.
            before.Positions.Count.ShouldBe(i + 1);
        }

        var after = new RecordingFold("b", "a", EventTypes.DecisionRecorded);
        await _tower.RestartAsync(more: s => s.AddSingleton<IEventFold>(after));

        before.Positions.ShouldBe(Enumerable.Range(0, 50).Select(i => (long)(i * 3) + 1));
        after.Positions.ShouldBe(before.Positions);
        await _tower.AppendAsync(Tower.Event("s", type: "a"));
        after.Positions[^1].ShouldBe(151);
        after.Last!.Payload.ToArray().ShouldBe(Tower.Event("s").Payload.ToArray());
    }

    [Fact]
    public async Task Fold_ThatThrows_DegradesAndStopsNeitherTheWriterNorTheOthers()
    {
        var good = new RecordingFold("a");
        _tower.Start(more: s => s.AddSingleton<IEventFold>(new BadFold()).AddSingleton<IEventFold>(good));

        await _tower.AppendAsync(Tower.Event("s", type: "a"));
        await _tower.AppendAsync(Tower.Event("s", type: "a"));

        good.Positions.ShouldBe([1, 2]);
        _tower.Store.Health.Writable.ShouldBeTrue();
        _tower.Store.Health.Problem.ShouldNotBeNull().ShouldContain(nameof(BadFold));
        _tower.Log.Lines.Count(l => l.StartsWith("2003", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact]
    public async Task Head_Waiters_WakeWhenTheLogGrowsAndNotBefore()
    {
        _tower.Start();
        var signal = _tower.Services.GetRequiredService<IHeadSignal>();
        var second = signal.WaitAsync(1, CancellationToken.None);

        await _tower.AppendAsync(Tower.Event("s"));
        second.IsCompleted.ShouldBeFalse();
        await signal.WaitAsync(0, CancellationToken.None);
        await _tower.AppendAsync(Tower.Event("s"));

        await second.WaitAsync(TimeSpan.FromSeconds(20));
    }

    private sealed class BadFold : IEventFold
    {
        public IReadOnlyCollection<string> Types { get; } = ["a"];

        public void Apply(StoredEvent stored) => throw new InvalidOperationException("cannot");
    }
}

internal sealed class RecordingFold(params string[] types) : IEventFold
{
    public IReadOnlyCollection<string> Types { get; } = types;
    public List<long> Positions { get; } = [];
    public StoredEvent? Last { get; private set; }

    public void Apply(StoredEvent stored)
    {
        Positions.Add(stored.Position);
        Last = stored;
    }
}
