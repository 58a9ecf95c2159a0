using System.Threading.RateLimiting;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Engine.Platform;
using Lighthouse.Engine.RateLimiting;
using Lighthouse.Engine.Telemetry;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Lighthouse.Benchmarks.Rows;

/// <summary>No goal of its own: the figures behind docs/adr/0007, one permit of one agent each, on two threads and two agents.</summary>
internal static class Limiting
{
    private const int Threads = 2;
    private const int Plenty = 1_000_000_000;

    public static bool Run()
    {
        Caller[] callers = [.. Enumerable.Range(0, Threads).Select(i =>
            new Caller($"k{i}", CallerKind.Key, Roles.Agent, $"agent {i}", "owner", new AgentIdentity($"a{i}", $"agent {i}", "owner", "guarded", [])))];
        var figures = new LiveFigures(TimeProvider.System, new ChangeSignal(NullLogger<ChangeSignal>.Instance));
        var ours = new RequestLimiter(Options.Create(new RateLimitingOptions { PerAgentPerMinute = Plenty }), TimeProvider.System, figures);
        var buckets = new KeyedBuckets(RateLimit.Of(Plenty), 10_000, TimeProvider.System);
        using var library = PartitionedRateLimiter.Create<Caller, string>(static caller => RateLimitPartition.GetTokenBucketLimiter(caller.Agent!.Id, static _ => Full()));
        using var single = new TokenBucketRateLimiter(Full());

        var measured = Arena.Measure(
            Threads, 500_000,
            Loop("own bucket, by agent", thread => buckets.TryTake(callers[thread].Agent!.Id, TimeProvider.System.GetTimestamp(), 1, out _)),
            Loop("own limiter, measured as it runs", thread => ours.TryAcquire(callers[thread], 1, out _)),
            Loop("PartitionedRateLimiter of TokenBucketRateLimiter", thread => Leased(library.AttemptAcquire(callers[thread]))),
            Loop("TokenBucketRateLimiter alone, one for all", _ => Leased(single.AttemptAcquire())));
        Report.Row("Rate limit of one decision, two threads (docs/adr/0007)", measured, measured[0]);
        return true;
    }

    private static TokenBucketRateLimiterOptions Full() => new()
    {
        TokenLimit = Plenty, TokensPerPeriod = Plenty, ReplenishmentPeriod = TimeSpan.FromSeconds(1), QueueLimit = 0, AutoReplenishment = true,
    };

    private static bool Leased(RateLimitLease lease)
    {
        using (lease)
        {
            return lease.IsAcquired ? true : throw new InvalidOperationException("The bucket is meant to be full.");
        }
    }

    private static Contender Loop(string name, Func<int, bool> take) => new(name, (times, thread) =>
    {
        for (var i = 0; i < times; i++)
        {
            if (!take(thread))
            {
                throw new InvalidOperationException("The bucket is meant to be full.");
            }
        }
    });
}
