using System.Diagnostics;
using Lighthouse.Engine.EventStore.Contracts;

namespace Lighthouse.Storage.Tests.EventStore;

/// <summary>
/// Durable appends as fast as they are acknowledged: <c>--throughput N</c> prints how long each tenth of N events took. Events are as a
/// decision is: one new stream each, about 1 kB.
/// </summary>
internal static class Throughput
{
    public const string Argument = "--throughput";
    private const int Writers = 500;

    public static async Task<int> PrintAsync(int events)
    {
        await using var tower = new Tower();
        tower.Start();
        foreach (var tenth in await MeasureAsync(tower, events))
        {
            Console.WriteLine($"{tenth.PerSecond,8:F0} events/s   P50 {tenth.P50Ms:F1} ms   P99 {tenth.P99Ms:F1} ms   max {tenth.MaxMs:F1} ms");
        }

        var began = Stopwatch.GetTimestamp();
        var report = await tower.Store.VerifyAsync(null, CancellationToken.None);
        Console.WriteLine($"verify: {report}, {report.Events / Stopwatch.GetElapsedTime(began).TotalSeconds:F0} events/s");
        Console.WriteLine($"memory: {Environment.WorkingSet / 1_048_576} MB");
        return report.Ok ? 0 : 1;
    }

    /// <summary>Open loop: events are due at fixed times, and a latency counts from when its event was due, not from when it got its turn.</summary>
    public static async Task<int> PrintOfferedAsync(int perSecond, int seconds)
    {
        await using var tower = new Tower();
        tower.Start();
        await MeasureAsync(tower, 20_000);
        var payload = new byte[1_000];
        payload.AsSpan().Fill((byte)'p');
        var total = perSecond * seconds;
        var latencies = new double[total];
        var began = Stopwatch.GetTimestamp();
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        var pending = new List<Task>(total);
        for (var sent = 0; sent < total; await tick.WaitForNextTickAsync())
        {
            var due = (int)Math.Min(total, Stopwatch.GetElapsedTime(began).TotalSeconds * perSecond);
            for (; sent < due; sent++)
            {
                pending.Add(OneAsync(sent));
            }
        }

        await Task.WhenAll(pending);
        Array.Sort(latencies);
        Console.WriteLine(
            $"offered {perSecond}/s for {seconds} s, took {Stopwatch.GetElapsedTime(began).TotalSeconds:F1} s: P50 {latencies[total / 2]:F1} ms   P99 {latencies[(int)(total * 0.99)]:F1} ms   max {latencies[^1]:F1} ms");
        return 0;

        async Task OneAsync(int index)
        {
            await tower.Store.AppendAsync([new NewEvent($"offered-{index:D10}", 0, EventTypes.DecisionRecorded, "agent:a", payload)], CancellationToken.None);
            latencies[index] = Stopwatch.GetElapsedTime(began).TotalMilliseconds - (index * 1000.0 / perSecond);
        }
    }

    public static async Task<List<Tenth>> MeasureAsync(Tower tower, int events)
    {
        var payload = new byte[1_000];
        payload.AsSpan().Fill((byte)'p');
        var tenths = new List<Tenth>();
        for (var tenth = 0; tenth < 10; tenth++)
        {
            var left = events / 10;
            var latencies = new double[left];
            var began = Stopwatch.GetTimestamp();
            await Task.WhenAll(Enumerable.Range(0, Writers).Select(async _ =>
            {
                while (Interlocked.Decrement(ref left) is >= 0 and var mine)
                {
                    var asked = Stopwatch.GetTimestamp();
                    var stream = $"decision-{tenth:D2}{mine:D10}";
                    await tower.Store.AppendAsync([new NewEvent(stream, 0, EventTypes.DecisionRecorded, "agent:a", payload)], CancellationToken.None);
                    latencies[mine] = Stopwatch.GetElapsedTime(asked).TotalMilliseconds;
                }
            }));
            var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
            Array.Sort(latencies);
            tenths.Add(new Tenth(
                latencies.Length / seconds, latencies[latencies.Length / 2], latencies[(int)(latencies.Length * 0.99)], latencies[^1]));
        }

        return tenths;
    }

    internal sealed record Tenth(double PerSecond, double P50Ms, double P99Ms, double MaxMs);
}
