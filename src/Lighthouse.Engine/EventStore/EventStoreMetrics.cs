using Lighthouse.Contracts;
using Lighthouse.Engine.EventStore.Storage;
using Lighthouse.Engine.Telemetry.Contracts;

namespace Lighthouse.Engine.EventStore;

/// <summary>The funnel from the store to the live figures: one measurement per append, from hand-over to durable.</summary>
internal sealed class EventStoreMetrics(ITelemetry telemetry, TimeProvider time)
{
    private readonly IComponentRecorder _recorder = telemetry.Component(ComponentNames.EventStore);

    public void Finished(List<PendingAppend> batch, bool failed)
    {
        var now = time.GetTimestamp();
        foreach (var append in batch)
        {
            _recorder.Record(now - append.EnqueuedAt, failed);
        }
    }

    public void Refused() => _recorder.Record(0, error: true);
}
