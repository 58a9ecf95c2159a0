using System.Globalization;
using System.Text;
using Lighthouse.Contracts;
using Lighthouse.Engine.Telemetry.Contracts;
using Lighthouse.Engine.Telemetry.Frames;
using Lighthouse.Engine.Telemetry.Recording;
using Microsoft.Extensions.Logging;

namespace Lighthouse.Engine.Telemetry.Export;

/// <summary>
/// Counters and histograms since start, and the windowed percentiles of the very snapshot that the pages show. Labels are component,
/// tier, verdict, window, quantile and heap generation only: their number is fixed, whatever agents send.
/// </summary>
internal sealed class PrometheusExport(LiveFigures figures, IEnumerable<IGaugeSource> gauges, ILogger<PrometheusExport> log) : IMetricsExport
{
    public string Write()
    {
        var page = new Page();
        figures.ReadTotals(page);
        return page.Text(gauges.SelectMany(Read));
    }

    // One feature's failing gauge must not blind the operator to all others.
    private Gauge[] Read(IGaugeSource source)
    {
        try
        {
            return [.. source.Read()];
        }
        catch (Exception exception)
        {
            log.GaugesNotRead(exception, source.GetType().Name);
            return [];
        }
    }

    private sealed class Page : ITotalsReader
    {
        // Seconds. From a memory hit to a human's answer.
        private static readonly double[] Bounds =
            [0.00001, 0.000025, 0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60, 300, 3600];

        private readonly StringBuilder _components = new();
        private readonly StringBuilder _componentErrors = new();
        private readonly StringBuilder _tiers = new();
        private readonly StringBuilder _tierOutcomes = new();
        private readonly StringBuilder _verdicts = new();
        private FiguresSnapshot? _snapshot;

        public void Begin(FiguresSnapshot snapshot) => _snapshot = snapshot;

        public void Component(string name, Merged total)
        {
            Histogram(_components, "lighthouse_component_duration_seconds", $"component=\"{name}\"", total);
            Sample(_componentErrors, "lighthouse_component_errors_total", $"component=\"{name}\"", total.Outcomes[1]);
        }

        public void Tier(string name, Merged total)
        {
            Histogram(_tiers, "lighthouse_tier_duration_seconds", $"tier=\"{name}\"", total);
            foreach (var outcome in Enum.GetValues<TierOutcome>())
            {
                Sample(_tierOutcomes, "lighthouse_tier_requests_total", $"tier=\"{name}\",outcome=\"{outcome.ToString().ToLowerInvariant()}\"", total.Outcomes[(int)outcome]);
            }
        }

        public void Verdicts(ReadOnlySpan<long> counts)
        {
            foreach (var verdict in Enum.GetValues<Verdict>())
            {
                Sample(_verdicts, "lighthouse_decisions_total", $"verdict=\"{verdict.ToString().ToLowerInvariant()}\"", counts[(int)verdict]);
            }
        }

        public string Text(IEnumerable<Gauge> gauges)
        {
            var text = new StringBuilder();
            Family(text, "lighthouse_component_duration_seconds", "histogram", "Duration of each component's work since start.", _components);
            Family(text, "lighthouse_component_errors_total", "counter", "Failed work of each component since start.", _componentErrors);
            Family(text, "lighthouse_tier_duration_seconds", "histogram", "Duration of asking each tier since start.", _tiers);
            Family(text, "lighthouse_tier_requests_total", "counter", "Requests that each tier was asked, by outcome.", _tierOutcomes);
            Family(text, "lighthouse_decisions_total", "counter", "Decisions since start, by verdict.", _verdicts);
            Family(text, "lighthouse_component_window_seconds", "gauge", "Percentiles over a sliding window; absent while nothing was measured.", WindowQuantiles());
            Family(text, "lighthouse_tier_hit_ratio", "gauge", "Hits over hits and misses in a sliding window; absent while the tier was not asked.", HitRatios());
            foreach (var family in gauges.GroupBy(static gauge => gauge.Name, StringComparer.Ordinal))
            {
                var (samples, first) = (new StringBuilder(), family.First());
                foreach (var gauge in family)
                {
                    Sample(samples, gauge.Name, gauge.Labels, gauge.Value);
                }

                Family(text, first.Name, first.Kind == MetricKind.Counter ? "counter" : "gauge", first.Help, samples);
            }

            return text.ToString();
        }

        private StringBuilder WindowQuantiles()
        {
            var text = new StringBuilder();
            foreach (var component in _snapshot!.Components)
            {
                foreach (var window in component.Windows.Where(static w => w.Count > 0))
                {
                    var labels = $"component=\"{component.Component}\",window=\"{window.Window}\"";
                    Sample(text, "lighthouse_component_window_seconds", labels + ",quantile=\"0.5\"", window.P50Ms / 1000);
                    Sample(text, "lighthouse_component_window_seconds", labels + ",quantile=\"0.95\"", window.P95Ms / 1000);
                    Sample(text, "lighthouse_component_window_seconds", labels + ",quantile=\"0.99\"", window.P99Ms / 1000);
                }
            }

            return text;
        }

        private StringBuilder HitRatios()
        {
            var text = new StringBuilder();
            foreach (var tier in _snapshot!.Tiers)
            {
                foreach (var window in tier.Windows)
                {
                    if (window.HitRatio is { } ratio)
                    {
                        Sample(text, "lighthouse_tier_hit_ratio", $"tier=\"{tier.Tier}\",window=\"{window.Window}\"", ratio);
                    }
                }
            }

            return text;
        }

        private static void Histogram(StringBuilder text, string name, string label, Merged total)
        {
            long below = 0;
            double sum = 0;
            var bucket = 0;
            foreach (var bound in Bounds)
            {
                for (; bucket < total.Buckets.Length && DurationBuckets.MiddleNanoseconds(bucket) <= bound * 1e9; bucket++)
                {
                    below += total.Buckets[bucket];
                    sum += total.Buckets[bucket] * DurationBuckets.MiddleNanoseconds(bucket);
                }

                Sample(text, name + "_bucket", $"{label},le=\"{Number(bound)}\"", below);
            }

            for (; bucket < total.Buckets.Length; bucket++)
            {
                sum += total.Buckets[bucket] * DurationBuckets.MiddleNanoseconds(bucket);
            }

            Sample(text, name + "_bucket", label + ",le=\"+Inf\"", total.Count);
            Sample(text, name + "_sum", label, sum / 1e9);
            Sample(text, name + "_count", label, total.Count);
        }

        private static void Family(StringBuilder text, string name, string type, string help, StringBuilder samples)
        {
            if (samples.Length > 0)
            {
                text.Append("# HELP ").Append(name).Append(' ').Append(help.Replace("\\", "\\\\").Replace("\n", "\\n")).Append('\n')
                    .Append("# TYPE ").Append(name).Append(' ').Append(type).Append('\n').Append(samples);
            }
        }

        private static void Sample(StringBuilder text, string name, string labels, double value)
        {
            text.Append(name);
            if (labels.Length > 0)
            {
                text.Append('{').Append(labels).Append('}');
            }

            text.Append(' ').Append(Number(value)).Append('\n');
        }

        private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
    }
}
