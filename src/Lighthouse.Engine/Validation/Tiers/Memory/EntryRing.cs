namespace Lighthouse.Engine.Validation.Tiers.Memory;

/// <summary>
/// Who goes when room is needed: a clock hand passes over the entries, takes the first that was not used since its last round and spares
/// hot ones. Hot entries are at most half of the capacity in number and in bytes, so the hand always finds one. Every change needs the cache's lock.
/// </summary>
internal sealed class EntryRing(int capacity, long capacityBytes)
{
    private readonly CacheEntry?[] _slots = new CacheEntry?[capacity];
    private int _hand;
    private int _sweep;
    private long _hotBytes;
    private int _hot;

    public int Count { get; private set; }
    public long Bytes { get; private set; }
    public int Hot => _hot;
    public long Evictions { get; private set; }

    /// <summary>The entry to remove before this one fits, or null when it fits. Call again after the removal.</summary>
    public CacheEntry? VictimFor(CacheEntry entry)
    {
        if (Count == 0 || (Count < capacity && Bytes + entry.Bytes <= capacityBytes))
        {
            return null;
        }

        Evictions++;
        for (var steps = 0; steps < 2 * Count; steps++)
        {
            _hand = _hand + 1 < Count ? _hand + 1 : 0;
            var candidate = _slots[_hand]!;
            if (candidate.Hot)
            {
                continue;
            }

            if (!candidate.Referenced)
            {
                return candidate;
            }

            candidate.Referenced = false;
        }

        // Readers set the mark again as fast as it is cleared, or a capacity of one is hot: somebody has to go.
        return _slots[_hand];
    }

    public void Add(CacheEntry entry)
    {
        entry.Slot = Count;
        _slots[Count++] = entry;
        Bytes += entry.Bytes;
    }

    public void Remove(CacheEntry entry)
    {
        var slot = entry.Slot;
        if (slot < 0)
        {
            return;
        }

        // The last one moves into the gap: the ring stays dense and the hand never walks over holes.
        var last = _slots[--Count]!;
        _slots[Count] = null;
        if (last != entry)
        {
            _slots[slot] = last;
            last.Slot = slot;
        }

        entry.Slot = -1;
        Bytes -= entry.Bytes;
        if (entry.Hot)
        {
            entry.Hot = false;
            _hotBytes -= entry.Bytes;
            _hot--;
        }
    }

    /// <summary>A guess without the lock; <see cref="MakeHot"/> decides.</summary>
    public bool HasHotRoom(CacheEntry entry) =>
        Volatile.Read(ref _hot) < capacity / 2 && Volatile.Read(ref _hotBytes) + entry.Bytes <= capacityBytes / 2;

    public void MakeHot(CacheEntry entry)
    {
        if (entry.Slot >= 0 && !entry.Hot && HasHotRoom(entry))
        {
            entry.Hot = true;
            _hotBytes += entry.Bytes;
            _hot++;
        }
    }

    public CacheEntry? NextToSweep()
    {
        if (Count == 0)
        {
            return null;
        }

        _sweep = _sweep + 1 < Count ? _sweep + 1 : 0;
        return _slots[_sweep];
    }

    public CacheEntry[] All() => _slots.AsSpan(0, Count).ToArray()!;

    public void Clear()
    {
        for (var i = 0; i < Count; i++)
        {
            _slots[i]!.Slot = -1;
            _slots[i]!.Hot = false;
            _slots[i] = null;
        }

        Count = 0;
        Bytes = 0;
        _hot = 0;
        _hotBytes = 0;
    }
}
