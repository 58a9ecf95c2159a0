using System.Diagnostics;
using System.Text.Json;
using Lighthouse.Contracts;
using Lighthouse.Engine;
using Lighthouse.Engine.Commands.Contracts;
using Lighthouse.Engine.Experts.Contracts;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Engine.Platform;
using Lighthouse.Engine.RateLimiting;
using Lighthouse.Engine.Validation.Contracts;
using Lighthouse.Engine.Validation.Pipeline;
using Lighthouse.Engine.Validation.Redis;
using Lighthouse.Engine.Validation.Tiers.Redis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Lighthouse.Benchmarks.Rows;

/// <summary>
/// Row 6: a hit of the redis tier as the pipeline asks it (generation, breaker, limit, key, filter, read, opening, form), against a bare asynchronous
/// GET of values of the same size by the same client, to the same server. One caller at a time for the median; a thousand, without the
/// limit that would send most of them on, for the throughput.
/// </summary>
internal static class SharedTier
{
    private const int Rounds = 11;
    private const int WarmUp = 4;
    private const int Entries = 1_000;
    private const int Calls = 3_000;
    private const int Callers = 1_000;
    private const int CallsEach = 30;

    public static async Task<bool> RunAsync()
    {
        var (server, connection) = await LocalRedis.StartAsync();
        await using var running = server;
        await using var client = connection;
        var directory = Directory.CreateTempSubdirectory("lighthouse-bench-");
        using var host = Host(directory.FullName, server.EndPoint);
        await host.StartAsync();
        var asked = await FillAsync(host.Services);
        var slot = host.Services.GetRequiredService<TierWalk>().Slots.Single(static one => one.Tier is RedisTier);
        var database = connection.GetDatabase();
        RedisKey[] keys = [.. Enumerable.Range(0, Entries).Select(static i => (RedisKey)$"bare:{i:D22}")];
        var size = await SizeAsync(connection);
        foreach (var key in keys)
        {
            await database.StringSetAsync(key, new byte[size]);
        }

        async ValueTask TierAsync(int i)
        {
            var answer = await slot.AskAsync(asked[i % Entries], Stopwatch.GetTimestamp());
            // On a busy machine a call may be left behind at its limit: it took that long, and counts.
            _ = answer.Verdict is not null || answer.Unavailable ? 0 : throw new InvalidOperationException("Not a hit: " + answer.Note);
        }

        // A thousand callers at once wait longer for any server than the pipeline would: here the tier is asked without its limit.
        async ValueTask UnlimitedAsync(int i)
        {
            var answer = await slot.Tier.AskAsync(asked[i % Entries], CancellationToken.None);
            _ = answer.Verdict ?? throw new InvalidOperationException("Not a hit: " + answer.Note);
        }

        async ValueTask BareAsync(int i) => _ = (byte[]?)await database.StringGetAsync(keys[i % Entries]) ?? throw new InvalidOperationException("Not a hit.");

        var rounds = new (double Bare, double Tier, double BareRate, double TierRate)[Rounds];
        for (var round = -WarmUp; round < Rounds; round++)
        {
            var first = round % 2 == 0;
            var (one, other) = (await MedianAsync(first ? BareAsync : TierAsync), await MedianAsync(first ? TierAsync : BareAsync));
            var (rate, otherRate) = (await RateAsync(first ? BareAsync : UnlimitedAsync), await RateAsync(first ? UnlimitedAsync : BareAsync));
            if (round >= 0)
            {
                rounds[round] = first ? (one, other, rate, otherRate) : (other, one, otherRate, rate);
            }
        }

        await host.StopAsync();
        directory.Delete(recursive: true);
        return Judge(rounds, size);
    }

    private static bool Judge((double Bare, double Tier, double BareRate, double TierRate)[] rounds, int size)
    {
        var latency = Middle(rounds.Select(static one => one.Tier / one.Bare));
        var throughput = Middle(rounds.Select(static one => one.TierRate / one.BareRate));
        Console.WriteLine();
        Console.WriteLine($"6. Redis tier hit, values of {size} bytes, {Rounds} rounds");
        Report.Line($"bare GET (yardstick)   P50 {Middle(rounds.Select(static one => one.Bare)) / 1000,7:F1} us   at {Callers:N0} callers {Middle(rounds.Select(static one => one.BareRate)),9:N0}/s");
        Report.Line($"redis tier             P50 {Middle(rounds.Select(static one => one.Tier)) / 1000,7:F1} us   at {Callers:N0} callers {Middle(rounds.Select(static one => one.TierRate)),9:N0}/s");
        return Report.Goal("6", latency <= 1.3 && throughput >= 0.8, $"P50 {latency:F2}x (goal 1.3x); at {Callers:N0} callers {throughput:F2}x the throughput (goal 0.8x)");
    }

    private static async Task<double> MedianAsync(Func<int, ValueTask> call)
    {
        var times = new double[Calls];
        for (var i = 0; i < Calls; i++)
        {
            var began = Stopwatch.GetTimestamp();
            await call(i);
            times[i] = Stopwatch.GetElapsedTime(began).TotalNanoseconds;
        }

        return Middle(times);
    }

    private static async Task<double> RateAsync(Func<int, ValueTask> call)
    {
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            for (var i = 0; i < CallsEach; i++)
            {
                await call((caller * 37) + i);
            }
        })));
        return Callers * CallsEach / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static async Task<TierRequest[]> FillAsync(IServiceProvider services)
    {
        var speed = services.GetRequiredService<ISpeedLayer>();
        var agent = new AgentIdentity("bench", "bench", "admin", "guarded", []);
        while (!speed.Coherence().Confirmed)
        {
            await Task.Delay(50);
        }

        var (places, scopes, analyser, profiles) = (services.GetRequiredService<WorkspaceLocator>(), services.GetRequiredService<Scopes>(),
            services.GetRequiredService<ICommandAnalyser>(), services.GetRequiredService<IProfiles>());
        var tier = services.GetServices<ITier>().OfType<RedisTier>().Single();
        var asked = Enumerable.Range(0, Entries).Select(i =>
        {
            var request = new DecisionRequest
            {
                Tool = "Bash",
                Input = JsonSerializer.SerializeToElement(new { command = $"git -C services/{i % 37} log --oneline -n {i} -- src/file{i}.cs" }),
                WorkingDirectory = "/home/dev/project",
            };
            var place = places.Locate(request, agent);
            var (scope, policies) = scopes.Of(agent, place);
            return new TierRequest(request, agent, place, scope, analyser) { Policies = policies };
        }).ToArray();
        foreach (var one in asked)
        {
            var verdict = profiles.Evaluate("guarded", one.Analysis);
            tier.Promote(one, new TierVerdict(verdict.Verdict, DecisionTier.Policy, verdict.Reason, one.Analysis.Risk, one.Analysis.Effects, verdict.Rules, one.Analysis), null);
        }

        while (speed.Redis()!.Written < Entries)
        {
            await Task.Delay(50);
        }

        return asked;
    }

    private static async Task<int> SizeAsync(ConnectionMultiplexer connection)
    {
        await foreach (var key in connection.GetServers()[0].KeysAsync(pattern: "lighthouse:v1:*"))
        {
            return (int)await connection.GetDatabase().StringLengthAsync(key);
        }

        throw new InvalidOperationException("Nothing was written.");
    }

    private static double Middle(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }

    private static IHost Host(string directory, string redis) => new HostBuilder()
        .ConfigureLogging(static logging => logging.ClearProviders())
        .ConfigureServices(services =>
        {
            services.AddSingleton<IReviewerDirectory, NoReviewers>();
            services.Configure<LighthouseOptions>(options => options.DataDirectory = directory);
            services.Configure<RateLimitingOptions>(static options => options.PerAgentPerMinute = 1_000_000_000);
            services.Configure<RedisOptions>(options => options.Configuration = redis);
            services.AddLighthouseEngine();
        })
        .Build();
}
