using Lighthouse.Engine.Platform;
using Lighthouse.Engine.Telemetry;
using Microsoft.Extensions.Logging.Abstractions;

namespace Lighthouse.Engine.Tests.Telemetry;

public sealed class FrameCloserTests
{
    [Fact]
    public async Task FrameCloser_WhenASecondEnds_ClosesItsFrame()
    {
        var fixture = new FiguresFixture();
        var closed = new TaskCompletionSource();
        using var subscription = fixture.Changes.Subscribe(ChangeTopic.Figures, () => closed.TrySetResult());
        using var closer = new FrameCloser(fixture.Figures, fixture.Time, NullLogger<FrameCloser>.Instance);
        fixture.Record(1, 3);
        await closer.StartAsync(CancellationToken.None);

        // The loop starts on another thread: time passes until it has noticed.
        while (!closed.Task.IsCompleted)
        {
            fixture.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await closer.StopAsync(CancellationToken.None);
        fixture.Window("1h")!.Count.ShouldBe(3);
    }

    [Fact]
    public void ToNextFrame_AfterALateTick_EndsOnTheSecondAgain()
    {
        var fixture = new FiguresFixture();
        fixture.Time.Advance(TimeSpan.FromMilliseconds(1_300));
        fixture.Figures.ToNextFrame.ShouldBe(TimeSpan.FromMilliseconds(700));
        fixture.Time.Advance(TimeSpan.FromMilliseconds(699));
        fixture.Figures.ToNextFrame.ShouldBe(TimeSpan.FromMilliseconds(1_001));
    }
}
