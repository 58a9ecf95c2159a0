using Lighthouse.Engine.EventStore.Contracts;
using Lighthouse.Engine.Telemetry.Contracts;

namespace Lighthouse.Engine.EventStore;

internal sealed class EventStoreGauges(IEventStore store) : IGaugeSource
{
    public IEnumerable<Gauge> Read()
    {
        var health = store.Health;
        yield return new("lighthouse_event_store_head_position", "Position of the last durable event.", health.Head);
        yield return new("lighthouse_event_store_queue_depth", "Events that wait for their commit.", health.QueueDepth);
        yield return new("lighthouse_event_store_writable", "1 while appends succeed, else 0.", health.Writable ? 1 : 0);
        yield return new("lighthouse_event_store_degraded", "1 while the log has a problem, else 0.", health.Problem is null ? 0 : 1);
    }
}
