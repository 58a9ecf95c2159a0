namespace Lighthouse.Engine.Telemetry.Contracts;

/// <summary>The live figures as Prometheus reads them (text format 0.0.4).</summary>
public interface IMetricsExport
{
    string Write();
}

/// <summary>A value that stands at the moment of the scrape; every feature offers its own.</summary>
public interface IGaugeSource
{
    IEnumerable<Gauge> Read();
}

public enum MetricKind { Gauge, Counter }

/// <param name="Name">Starts with <c>lighthouse_</c> when the figure is ours, unit at the end; a figure that others measure too keeps the name it has everywhere.</param>
/// <param name="Labels">As they stand between the braces; their number must not grow with what agents send.</param>
/// <param name="Kind">A counter only grows while the process lives.</param>
public readonly record struct Gauge(string Name, string Help, double Value, string Labels = "", MetricKind Kind = MetricKind.Gauge);
