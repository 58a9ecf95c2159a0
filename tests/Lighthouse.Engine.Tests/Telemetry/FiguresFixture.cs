using Lighthouse.Contracts;
using Lighthouse.Engine.Platform;
using Lighthouse.Engine.Telemetry;
using Lighthouse.Engine.Telemetry.Contracts;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Lighthouse.Engine.Tests.Telemetry;

internal sealed class FiguresFixture
{
    public FiguresFixture()
    {
        Changes = new ChangeSignal(NullLogger<ChangeSignal>.Instance);
        Figures = new LiveFigures(Time, Changes);
        Recorder = Figures.Component(ComponentNames.ValidationEngine);
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    public ChangeSignal Changes { get; }
    public LiveFigures Figures { get; }
    public IComponentRecorder Recorder { get; }

    public void Record(double milliseconds, int times = 1, bool error = false)
    {
        for (var i = 0; i < times; i++)
        {
            Recorder.Record((long)(milliseconds / 1_000 * Time.TimestampFrequency), error);
        }
    }

    public void Seconds(int count)
    {
        for (var i = 0; i < count; i++)
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            Figures.CloseFrame();
        }
    }

    public WindowFigures? Window(string name) =>
        Figures.Components().Single(static one => one.Component == ComponentNames.ValidationEngine).Windows.SingleOrDefault(one => one.Window == name);
}
