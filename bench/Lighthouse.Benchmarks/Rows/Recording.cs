using HdrHistogram;
using Lighthouse.Contracts;
using Lighthouse.Engine.Platform;
using Lighthouse.Engine.Telemetry;
using Lighthouse.Engine.Telemetry.Recording;
using Microsoft.Extensions.Logging.Abstractions;

namespace Lighthouse.Benchmarks.Rows;

/// <summary>Row 10: what one measurement costs on two threads, how exact percentiles are, and whether any measurement is lost while frames close.</summary>
internal static class Recording
{
    private const int Threads = 2;

    public static bool Run()
    {
        var durations = Durations();
        var figures = new LiveFigures(TimeProvider.System, new ChangeSignal(NullLogger<ChangeSignal>.Instance));
        var ours = figures.Component(ComponentNames.EventStore);
        var counter = new StripedCounter();
        var library = HistogramFactory.With64BitBucketSize().WithValuesFrom(1).WithValuesUpTo(DurationBuckets.Longest)
            .WithPrecisionOf(2).WithThreadSafeWrites().WithThreadSafeReads().Create();

        var measured = Arena.Measure(
            Threads, 2_000_000,
            Loop("striped counter (yardstick)", _ => counter.Increment(), durations),
            Loop("recorder", one => ours.Record(one), durations),
            Loop("HdrHistogram's own recorder", library.RecordValue, durations));
        Report.Row("10. Recording one measurement, two threads", measured, measured[0]);

        var error = LargestError(durations);
        var lost = Lost();
        Report.Line($"largest percentile error up to P99.9: {error:P2}; lost while frames closed: {lost}");
        var (ratio, cost) = (measured[1].Ratio(measured[0]), measured[1].Median);
        return Report.Goal(
            "10", ratio <= 5 && cost < 1_000 && error <= 0.01 && lost == 0,
            $"{ratio:F2}x (goal 5x), {cost:F0} ns (goal 1,000), error {error:P2} (goal 1%), lost {lost} (goal 0)");
    }

    private static Contender Loop(string name, Action<long> record, long[] durations) => new(name, (times, thread) =>
    {
        for (int i = 0, at = WorkingSet.Start(thread); i < times; i++, at++)
        {
            record(durations[at & 0xffff]);
        }
    });

    // Log-normal around 20 us with a long tail, as decisions are.
    private static long[] Durations()
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, 1 << 16).Select(_ =>
        {
            var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            return (long)(20_000 * Math.Exp(1.2 * normal));
        })];
    }

    private static double LargestError(long[] durations)
    {
        var sorted = durations.Order().ToArray();
        return Enumerable.Range(1, 999).Max(permille =>
        {
            // Buckets keep the order, so the bucket of the exact value is the one that the rank falls into.
            var exact = sorted[(int)Math.Ceiling(permille / 1000.0 * sorted.Length) - 1];
            return Math.Abs(DurationBuckets.MiddleNanoseconds(DurationBuckets.IndexOf(exact)) - exact) / exact;
        });
    }

    private static long Lost()
    {
        const int Each = 5_000_000;
        var cells = new StripedCells(ComponentRecorder.Outcomes * DurationBuckets.Count);
        var history = new Engine.Telemetry.Frames.SeriesHistory(cells, DurationBuckets.Count, ComponentRecorder.Outcomes);
        var recorder = new ComponentRecorder(cells, TimeProvider.System.TimestampFrequency);
        var workers = Enumerable.Range(0, Threads).Select(thread => new Thread(() =>
        {
            for (var i = 0; i < Each; i++)
            {
                recorder.Record(i, error: i % 3 == thread);
            }
        })).ToArray();
        Array.ForEach(workers, static one => one.Start());
        var second = 1_000_000;
        while (workers.Any(static one => one.IsAlive))
        {
            history.Close(second++);
        }

        history.Close(second);
        return ((long)Threads * Each) - history.Ever.Count;
    }
}
