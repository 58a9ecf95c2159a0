using Lighthouse.Engine.Validation.Tiers.Memory;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using ZiggyCreatures.Caching.Fusion;

namespace Lighthouse.Benchmarks.Rows;

/// <summary>Row 2: the memory tier on two threads against a dictionary and three caches. They get finished string keys; the tier builds its own.</summary>
internal static class TwoThreads
{
    public static bool Run()
    {
        var set = new WorkingSet();
        using var memory = new MemoryCache(new MemoryCacheOptions());
        using var fusion = new FusionCache(new FusionCacheOptions());
        using var services = Hybrid();
        var measured = Arena.Measure(
            2, 500_000, Cached.Dictionary(set), Cached.MemoryTier(set), Memory(set, memory), Fusion(set, fusion), Hybrid(set, services.GetRequiredService<HybridCache>()));
        Report.Row("2. Memory tier, two threads", measured, measured[0]);

        var share = 1 / measured[1].Ratio(measured[0]);
        var ahead = measured.Skip(2).All(other => measured[1].Ratio(other) < 1);
        return Report.Goal("2", share >= 0.6 && ahead, $"{share:F2}x of the dictionary's throughput (goal 0.6x), {(ahead ? "ahead" : "NOT ahead")} of the three caches");
    }

    private static ServiceProvider Hybrid()
    {
        var services = new ServiceCollection();
        services.AddHybridCache();
        return services.BuildServiceProvider();
    }

    private static Contender Memory(WorkingSet set, MemoryCache cache)
    {
        foreach (var key in set.Keys)
        {
            cache.Set(key, WorkingSet.Answer, TimeSpan.FromHours(1));
        }

        return Walk("MemoryCache", set, key => cache.TryGetValue(key, out _));
    }

    private static Contender Fusion(WorkingSet set, FusionCache cache)
    {
        foreach (var key in set.Keys)
        {
            cache.Set(key, WorkingSet.Answer, TimeSpan.FromHours(1));
        }

        return Walk("FusionCache", set, key => cache.TryGet<CachedDecision>(key).HasValue);
    }

    private static Contender Hybrid(WorkingSet set, HybridCache cache)
    {
        foreach (var key in set.Keys)
        {
            cache.SetAsync(key, "allow").AsTask().GetAwaiter().GetResult();
        }

        // It passes by what it will not keep, in silence: then the factory would be measured, not the cache.
        return Walk("HybridCache", set, key =>
        {
            var answer = cache.GetOrCreateAsync<string>(key, static _ => throw new InvalidOperationException("Not in the cache."));
            return answer.IsCompletedSuccessfully && answer.Result is not null;
        });
    }

    private static Contender Walk(string name, WorkingSet set, Func<string, bool> find) => new(name, (times, thread) =>
    {
        var found = 0;
        for (int i = 0, at = WorkingSet.Start(thread); i < times; i++, at++)
        {
            found += find(set.ArrivedKeys[set.Order[at & 0xffff]]) ? 1 : 0;
        }

        Expect.All(found, times);
    });
}
