using System.Diagnostics;
using System.Text.Json;
using Lighthouse.Contracts;
using Lighthouse.Engine;
using Lighthouse.Engine.Experts.Contracts;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Engine.Platform;
using Lighthouse.Engine.RateLimiting;
using Lighthouse.Engine.Validation.Contracts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Lighthouse.Benchmarks.Rows;

/// <summary>
/// Row 14: the whole engine with its durable log, a million requests, nine in ten from a repeated set. Compared is the processor time per
/// request around the 10,000th and at the end: the disk's mood is no part of it.
/// </summary>
internal static class FlatCost
{
    private const int Batch = 500;
    private const int Window = 20_000;
    private const int WarmUp = 200_000;

    public static async Task<bool> RunAsync(int requests)
    {
        // A process of its own age first: else the compiler's work on young code makes the early requests look dear and hides any growth.
        await RunOnceAsync(WarmUp);
        return Judge(await RunOnceAsync(requests), requests);
    }

    private static async Task<List<Sample>> RunOnceAsync(int requests)
    {
        var directory = Directory.CreateTempSubdirectory("lighthouse-bench-");
        try
        {
            using var host = Host(directory.FullName);
            await host.StartAsync();
            var samples = await DecideAsync(host.Services, requests);
            await host.StopAsync();
            return samples;
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static IHost Host(string directory) => new HostBuilder()
        .ConfigureLogging(static logging => logging.ClearProviders())
        .ConfigureServices(services =>
        {
            services.AddSingleton<IReviewerDirectory, NoReviewers>();
            services.Configure<LighthouseOptions>(options => options.DataDirectory = directory);
            services.Configure<RateLimitingOptions>(static options => options.PerAgentPerMinute = 1_000_000_000);
            services.AddLighthouseEngine();
        })
        .Build();

    private static async Task<List<Sample>> DecideAsync(IServiceProvider services, int requests)
    {
        var admin = Caller.System("bench");
        var key = await services.GetRequiredService<IAgentDirectory>().CreateKeyAsync(
            admin, new NewKey { Name = "bench", Role = Roles.Agent, Owner = "admin" }, CancellationToken.None);
        var agent = services.GetRequiredService<ICredentials>().Verify(key.Secret)!;
        var engine = services.GetRequiredService<IValidationEngine>();

        List<Sample> samples = [];
        var processor = Environment.CpuUsage.TotalTime;
        var began = Stopwatch.GetTimestamp();
        for (var done = 0; done < requests; done += Batch)
        {
            var batch = Enumerable.Range(done, Batch).Select(Request).ToArray();
            await engine.DecideManyAsync(agent, batch, new DecideOptions(TimeProvider.System.GetTimestamp(), DryRun: false), CancellationToken.None);
            if ((done + Batch) % Window == 0)
            {
                var now = Environment.CpuUsage.TotalTime;
                samples.Add(new Sample((now - processor).TotalMicroseconds / Window, Window / Stopwatch.GetElapsedTime(began).TotalSeconds, GC.GetTotalMemory(true) / 1e6));
                processor = Environment.CpuUsage.TotalTime;
                began = Stopwatch.GetTimestamp();
            }
        }

        return samples;
    }

    private static DecisionRequest Request(int number) => new()
    {
        Tool = "Bash",
        Input = JsonSerializer.SerializeToElement(new { command = number % 10 == 0 ? $"cat notes/{number}.txt" : $"cat src/file{number % 4_001}.cs" }),
        WorkingDirectory = "/home/dev/project",
        SessionId = "bench",
    };

    private static bool Judge(List<Sample> samples, int requests)
    {
        Console.WriteLine();
        Console.WriteLine($"14. Cost per request over {requests:N0} durable requests");
        foreach (var (index, sample) in samples.Index().Where(one => one.Index % Math.Max(1, samples.Count / 10) == 0 || one.Index == samples.Count - 1))
        {
            Report.Line($"to {(index + 1) * Window,9:N0}: {sample.Microseconds,6:F1} us of processor, {sample.PerSecond,7:F0}/s, {sample.Megabytes,6:F1} MB");
        }

        var (early, late) = (Middle(samples.Take(3)), Middle(samples.TakeLast(3)));
        var growth = late / early;
        var memory = samples[^1].Megabytes - samples[samples.Count / 2].Megabytes;
        return Report.Goal(
            "14", growth <= 1.10 && memory < 5, $"{growth:F2}x the early processor time (goal within 10%), memory {memory:+0.0;-0.0} MB over the second half (goal flat)");
    }

    private static double Middle(IEnumerable<Sample> three) => three.Select(static one => one.Microseconds).Order().ElementAt(1);

    private readonly record struct Sample(double Microseconds, double PerSecond, double Megabytes);
}
