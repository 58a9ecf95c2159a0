using System.Globalization;
using System.Text.RegularExpressions;
using Lighthouse.Contracts;
using Lighthouse.Engine.Telemetry.Contracts;
using Lighthouse.Engine.Telemetry.Export;
using Lighthouse.Engine.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Lighthouse.Engine.Tests.Telemetry;

/// <summary>The predecessor's export could not be parsed and had no timings.</summary>
public sealed partial class PrometheusExportTests
{
    [Fact]
    public async Task Write_AfterDecisions_IsWellFormedAndCountsThem()
    {
        await using var host = await EngineHost.StartAsync();
        var agent = await host.AgentAsync();
        foreach (var command in new[] { "ls", "ls", "rm -rf /", "frobnicate" })
        {
            await host.DecideAsync(agent, command);
        }

        var text = await CountedAsync(host, "lighthouse_component_duration_seconds_count{component=\"validation_engine\"}", 4);

        var types = new Dictionary<string, string>();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.StartsWith("# TYPE ", StringComparison.Ordinal))
            {
                var parts = line.Split(' ');
                types.TryAdd(parts[2], parts[3]).ShouldBeTrue($"{parts[2]} is declared twice");
            }
            else if (!line.StartsWith("# HELP ", StringComparison.Ordinal))
            {
                var sample = Sample().Match(line);
                sample.Success.ShouldBeTrue(line);
                double.Parse(sample.Groups["value"].Value, NumberStyles.Float, CultureInfo.InvariantCulture).ShouldBeGreaterThanOrEqualTo(0);
                types.Keys.Any(name => sample.Groups["name"].Value is var n && (n == name || (types[name] == "histogram" && n.StartsWith(name + "_", StringComparison.Ordinal)))).ShouldBeTrue(line);
            }
        }

        // Ours carry our name, the process's figures the names that they have everywhere.
        types.Keys.Where(static name => !name.StartsWith("lighthouse_", StringComparison.Ordinal)).ShouldBeSubsetOf(types.Keys.Where(static name => Standard().IsMatch(name)));
        types["process_cpu_seconds_total"].ShouldBe("counter");
        Value(text, "process_cpu_seconds_total").ShouldNotBeNull().ShouldBeGreaterThan(0);
        Value(text, "process_resident_memory_bytes").ShouldNotBeNull().ShouldBeInRange(10_000_000, 100_000_000_000);
        Value(text, "process_start_time_seconds").ShouldNotBeNull().ShouldBeInRange(1_700_000_000, DateTimeOffset.MaxValue.ToUnixTimeSeconds());
        Value(text, "dotnet_gc_collections_total{gc_heap_generation=\"gen0\"}").ShouldNotBeNull();
        Value(text, "dotnet_gc_pause_time_seconds_total").ShouldNotBeNull();
        Value(text, "dotnet_gc_heap_total_allocated_bytes_total").ShouldNotBeNull().ShouldBeGreaterThan(0);
        Value(text, "dotnet_thread_pool_queue_length").ShouldNotBeNull();
        Value(text, "dotnet_thread_pool_thread_count").ShouldNotBeNull().ShouldBeGreaterThan(0);
        Value(text, "lighthouse_decisions_total{verdict=\"allow\"}").ShouldBe(2);
        Value(text, "lighthouse_decisions_total{verdict=\"deny\"}").ShouldBe(1);
        Value(text, "lighthouse_tier_requests_total{tier=\"memory\",outcome=\"hit\"}").ShouldBe(1);
        Value(text, "lighthouse_escalations_open").ShouldBe(1);
        BucketsOf(text, "validation_engine").ShouldBeInOrder();
        BucketsOf(text, "validation_engine")[^1].ShouldBe(4);
    }

    [Fact]
    public async Task Write_NeverMeasured_HasNoPercentiles()
    {
        await using var host = await EngineHost.StartAsync();
        host.Get<IMetricsExport>().Write().ShouldNotContain($"lighthouse_component_window_seconds{{component=\"{ComponentNames.ShadowFilesystem}\"");
    }

    [Fact]
    public void Write_OneFailingGaugeSource_LeavesTheRestReadable()
    {
        var text = new PrometheusExport(
            new FiguresFixture().Figures, [new FailingGauges(), new OddGauges()], NullLogger<PrometheusExport>.Instance).Write();
        text.ShouldContain("lighthouse_decisions_total{verdict=\"allow\"} 0\n");
        text.ShouldContain("# HELP lighthouse_odd two\\nlines and a \\\\\n# TYPE lighthouse_odd gauge\nlighthouse_odd 1\n");
    }

    private static async Task<string> CountedAsync(EngineHost host, string sample, double count)
    {
        var text = "";
        for (var i = 0; i < 1_000; i++)
        {
            host.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
            text = host.Get<IMetricsExport>().Write();
            if (Value(text, sample) == count)
            {
                break;
            }
        }

        return text;
    }

    private static double? Value(string text, string sample) =>
        text.Split('\n').FirstOrDefault(line => line.StartsWith(sample + " ", StringComparison.Ordinal)) is { } line
            ? double.Parse(line[(sample.Length + 1)..], CultureInfo.InvariantCulture) : null;

    private static List<double> BucketsOf(string text, string component) =>
        [.. text.Split('\n').Where(line => line.StartsWith($"lighthouse_component_duration_seconds_bucket{{component=\"{component}\"", StringComparison.Ordinal))
            .Select(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture))];

    [GeneratedRegex("""^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(\{([a-z_]+="[^"\\\n]*")(,[a-z_]+="[^"\\\n]*")*\})? (?<value>[0-9.eE+-]+|NaN|\+Inf)$""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Sample();

    [GeneratedRegex("^(process|dotnet|kestrel|signalr)_[a-z0-9_]+$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Standard();

    private sealed class FailingGauges : IGaugeSource
    {
        public IEnumerable<Gauge> Read()
        {
            yield return new Gauge("lighthouse_partial", "never shown", 1);
            throw new InvalidOperationException("The feature is stopping.");
        }
    }

    private sealed class OddGauges : IGaugeSource
    {
        public IEnumerable<Gauge> Read() => [new("lighthouse_odd", "two\nlines and a \\", 1)];
    }
}
