using System.Numerics;

namespace Lighthouse.Engine.Validation.Tiers.Memory;

/// <summary>
/// Finds entries by fingerprint. Readers take no lock; every change needs the cache's lock. A dictionary would put a node of its own between
/// bucket and entry: one more place in memory to wait for, a tenth of a hit.
/// </summary>
internal sealed class EntryTable(int capacity)
{
    // At most three quarters full. Capacities beyond a million share buckets.
    private readonly CacheEntry?[] _buckets = new CacheEntry?[BitOperations.RoundUpToPowerOf2((uint)Math.Min(capacity, 1 << 20) * 4 / 3)];

    public CacheEntry? Find(Fingerprint fingerprint)
    {
        // A removed entry keeps its link, so a reader that stands on it still comes to the end of its chain.
        for (var entry = Volatile.Read(ref BucketOf(fingerprint)); entry is not null; entry = entry.Next)
        {
            if (entry.Fingerprint == fingerprint)
            {
                return entry;
            }
        }

        return null;
    }

    /// <summary>The entry must never have been in a table before: somebody may still be reading its link.</summary>
    public void Add(CacheEntry entry)
    {
        ref var bucket = ref BucketOf(entry.Fingerprint);
        entry.Next = bucket;
        Volatile.Write(ref bucket, entry);
    }

    public void Remove(CacheEntry entry)
    {
        ref var bucket = ref BucketOf(entry.Fingerprint);
        if (bucket == entry)
        {
            Volatile.Write(ref bucket, entry.Next);
            return;
        }

        for (var before = bucket; before is not null; before = before.Next)
        {
            if (before.Next == entry)
            {
                before.Next = entry.Next;
                return;
            }
        }
    }

    public void Clear() => Array.Clear(_buckets);

    private ref CacheEntry? BucketOf(Fingerprint fingerprint) => ref _buckets[(int)fingerprint.Low & (_buckets.Length - 1)];
}
