using Lighthouse.Contracts;
using Lighthouse.Engine.EventStore.Contracts;

namespace Lighthouse.Storage.Tests.EventStore;

public sealed class AppendTests : IAsyncDisposable
{
    private readonly Tower _tower = new();

    public ValueTask DisposeAsync() => _tower.DisposeAsync();

    [Fact]
    public async Task Append_TwoEvents_GetPositionsVersionsAndTheSameTime()
    {
        _tower.Start();

        var result = await _tower.AppendAsync(Tower.Event("a", 0), Tower.Event("a", 1));

        result.Position.ShouldBe(1);
        _tower.Store.Head.ShouldBe(2);
        var events = await _tower.Store.ReadStreamAsync("a", CancellationToken.None);
        events.Select(e => (e.Position, e.Version)).ShouldBe([(1, 1), (2, 2)]);
        events.ShouldAllBe(e => e.OccurredAt == result.OccurredAt);
    }

    [Fact]
    public async Task Append_WrongExpectedVersion_AppendsNothingOfThatCallerOnly()
    {
        _tower.Start();
        await _tower.AppendAsync(Tower.Event("a", 0));

        var conflict = await Should.ThrowAsync<ConcurrencyException>(_tower.AppendAsync(Tower.Event("b", 0), Tower.Event("a", 0)));

        conflict.Stream.ShouldBe("a");
        _tower.Store.Head.ShouldBe(1);
        (await _tower.AppendAsync(Tower.Event("b", 0))).Position.ShouldBe(2);
    }

    [Fact]
    public async Task Append_TwoHundredWritersOnOneStream_ExactlyOneWinsEachVersion()
    {
        _tower.Start();
        const int rounds = 20;

        for (var version = 0; version < rounds; version++)
        {
            var wins = await Task.WhenAll(Enumerable.Range(0, 200).Select(async _ =>
            {
                try
                {
                    await Task.Yield();
                    await _tower.AppendAsync(Tower.Event("contested", version), Tower.Event("contested", version + 1));
                    return 1;
                }
                catch (ConcurrencyException)
                {
                    return 0;
                }
            }));
            // Each win appends two events, so every second round finds its version passed.
            wins.Sum().ShouldBe(version % 2 == 0 ? 1 : 0);
        }

        var events = await _tower.Store.ReadStreamAsync("contested", CancellationToken.None);
        events.Select(e => e.Version).ShouldBe(Enumerable.Range(1, rounds).Select(v => (long)v));
    }

    [Fact]
    public async Task Append_TwoHundredWriters_PositionsHaveNoGapAndSurviveARestart()
    {
        _tower.Start();
        var results = await Task.WhenAll(Enumerable.Range(0, 200).Select(async writer =>
        {
            var mine = new List<long>();
            for (var i = 0; i < 25; i++)
            {
                mine.Add((await _tower.AppendAsync(Tower.Event($"w-{writer}-{i}", 0), Tower.Event($"w-{writer}", i))).Position);
            }

            return mine;
        }));

        await _tower.RestartAsync();

        _tower.Store.Head.ShouldBe(10_000);
        results.SelectMany(r => r).Order().ShouldBe(Enumerable.Range(0, 5_000).Select(i => (long)(i * 2) + 1));
        (await _tower.Store.VerifyAsync(null, CancellationToken.None)).ShouldBe(new VerifyReport(true, 10_000, null, null));
        _tower.Telemetry.Count.ShouldBe(5_000);
        _tower.Telemetry.Errors.ShouldBe(0);
    }

    [Fact]
    public async Task Append_CancelledCaller_IsStillRecorded()
    {
        _tower.Start();
        using var cancel = new CancellationTokenSource();
        var append = _tower.Store.AppendAsync([Tower.Event("a")], cancel.Token).AsTask();

        await cancel.CancelAsync();
        await Task.WhenAny(append);
        await _tower.AppendAsync(Tower.Event("b"));

        _tower.Store.Head.ShouldBe(2);
    }

    [Fact]
    public async Task Append_ImpossibleStreamName_IsRefused()
    {
        _tower.Start();

        await Should.ThrowAsync<ArgumentException>(_tower.AppendAsync(Tower.Event("")));
        await Should.ThrowAsync<ArgumentException>(_tower.AppendAsync(Tower.Event("half a character: " + (char)0xD800)));
    }

    [Fact]
    public async Task Start_SecondStoreOnTheSameDirectory_SaysWhoHasIt()
    {
        _tower.Start();

        var refused = Should.Throw<LighthouseException>(() => new Tower(_tower.Directory).Start());

        refused.Code.ShouldBe(ErrorCodes.Conflict);
        refused.Message.ShouldContain(_tower.Directory);
        await _tower.AppendAsync(Tower.Event("a"));
    }
}
