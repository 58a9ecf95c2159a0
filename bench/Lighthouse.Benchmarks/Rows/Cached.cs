using System.Collections.Concurrent;
using Lighthouse.Engine.Validation.Tiers.Memory;

namespace Lighthouse.Benchmarks.Rows;

/// <summary>The two contenders that rows 1 and 2 share.</summary>
internal static class Cached
{
    /// <summary>Keyed by the bare command: less than the tier looks at, since tool, directory and scope are no part of it.</summary>
    public static Contender Dictionary(WorkingSet set) => Dictionary("ConcurrentDictionary get (yardstick)", set, [.. set.Commands.Distinct()], set.ArrivedCommands);

    /// <summary>No yardstick: keyed by the whole text that the tier has to compare, in one string made beforehand.</summary>
    public static Contender LongDictionary(WorkingSet set) => Dictionary("  the same by the whole text (no goal)", set, set.Keys, set.ArrivedKeys);

    private static Contender Dictionary(string name, WorkingSet set, string[] keys, string[] arrived)
    {
        var dictionary = new ConcurrentDictionary<string, CachedDecision>(keys.Select(static one => KeyValuePair.Create(one, WorkingSet.Answer)));
        return new Contender(name, (times, thread) =>
        {
            var found = 0;
            for (int i = 0, at = WorkingSet.Start(thread); i < times; i++, at++)
            {
                found += dictionary.TryGetValue(arrived[set.Order[at & 0xffff]], out _) ? 1 : 0;
            }

            Expect.All(found, times);
        });
    }

    public static Contender MemoryTier(WorkingSet set) => new("memory tier, key to answer", (times, thread) =>
    {
        var found = 0;
        for (int i = 0, at = WorkingSet.Start(thread); i < times; i++, at++)
        {
            found += set.Cache.TryGet(set.KeyOf(set.Requests[set.Order[at & 0xffff]]), 1, out _) ? 1 : 0;
        }

        Expect.All(found, times);
    });
}

internal static class Expect
{
    /// <summary>A contender that does not find what it looks for is quick for the wrong reason.</summary>
    public static void All(int found, int times)
    {
        if (found != times)
        {
            throw new InvalidOperationException($"{times - found} of {times} look-ups found nothing.");
        }
    }
}
