using Lighthouse.Engine.Telemetry.Contracts;

namespace Lighthouse.Engine.Experts;

internal sealed class ExpertsGauges(EscalationBook book) : IGaugeSource
{
    public IEnumerable<Gauge> Read() => [new("lighthouse_escalations_open", "Escalations that wait for an expert.", book.OpenCount)];
}
