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

/// <param name="Name">Starts with <c>lighthouse_</c>, unit at the end.</param>
public readonly record struct Gauge(string Name, string Help, double Value);
