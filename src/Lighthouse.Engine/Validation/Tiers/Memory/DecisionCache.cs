using System.Diagnostics.CodeAnalysis;
using Lighthouse.Contracts;
using Microsoft.Extensions.Options;

namespace Lighthouse.Engine.Validation.Tiers.Memory;

/// <param name="Evictions">Made room; expired and replaced entries do not count.</param>
/// <param name="Refused">Too large to keep.</param>
internal readonly record struct DecisionCacheStatistics(
    long Evictions, long Expirations, long Refused, int Count, int Hot, long Bytes);

/// <summary>
/// Allow and deny answers of this process. A hit takes no lock, allocates nothing and writes nothing once the entry is hot; a new
/// entry pays for eviction and for sweeping two old ones, so no background thread is needed and the cost per request stays flat.
/// </summary>
internal sealed class DecisionCache
{
    private readonly EntryTable _entries;
    private readonly EntryRing _ring;
    private readonly IFingerprinter _fingerprinter;
    private readonly Lock _gate = new();
    private readonly long _timeToLive;
    private readonly int _hotAfter;
    private readonly int _largestEntry;
    private long _expirations;
    private long _refused;

    public DecisionCache(IOptions<MemoryTierOptions> options, TimeProvider time, IFingerprinter fingerprinter)
    {
        var settings = options.Value;
        _entries = new EntryTable(settings.Capacity);
        _ring = new EntryRing(settings.Capacity, settings.CapacityBytes);
        _timeToLive = settings.TimeToLiveSeconds * time.TimestampFrequency;
        _hotAfter = settings.HotAfterHits;
        // One request may not push out more than a sixty-fourth of the others.
        _largestEntry = (int)Math.Min(int.MaxValue, settings.CapacityBytes / 64);
        _fingerprinter = fingerprinter;
    }

    /// <param name="nowTimestamp">From <see cref="TimeProvider.GetTimestamp"/>.</param>
    public bool TryGet(in DecisionKeyText key, long nowTimestamp, [NotNullWhen(true)] out CachedDecision? decision)
    {
        if (Find(key) is { } entry)
        {
            if (nowTimestamp < entry.ExpiresAt)
            {
                Touch(entry);
                decision = entry.Decision;
                return true;
            }

            Expire(entry);
        }

        decision = null;
        return false;
    }

    /// <param name="remaining">For an answer that already aged elsewhere: promotion never extends its life. Null gives the full time to live.</param>
    /// <exception cref="ArgumentException">An escalation: those are never repeated.</exception>
    public void Set(in DecisionKeyText key, long nowTimestamp, CachedDecision decision, long? remaining = null)
    {
        if (decision.Verdict == Verdict.Escalate)
        {
            throw new ArgumentException("An escalation is never cached.", nameof(decision));
        }

        var lifetime = Math.Min(_timeToLive, remaining ?? _timeToLive);
        if (lifetime <= 0)
        {
            return;
        }

        if (CacheEntry.SizeOf(key, decision) > _largestEntry)
        {
            Interlocked.Increment(ref _refused);
            return;
        }

        var entry = new CacheEntry(_fingerprinter.Of(key), key, decision, nowTimestamp, nowTimestamp + lifetime);
        lock (_gate)
        {
            if (_entries.Find(entry.Fingerprint) is { } old)
            {
                if (old.ExpiresAt > entry.ExpiresAt && old.Matches(key))
                {
                    // Computed later than this one, which came by a slower way.
                    return;
                }

                Remove_NeedsLock(old);
            }

            Sweep_NeedsLock(nowTimestamp);
            while (_ring.VictimFor(entry) is { } victim)
            {
                Remove_NeedsLock(victim);
            }

            _ring.Add(entry);
            _entries.Add(entry);
        }
    }

    /// <summary>When the oldest entry came; null when there is none.</summary>
    public long? Oldest => Entries().Min(static one => (long?)one.Since);

    /// <summary>The entry for a human to look at: no count changes.</summary>
    public CacheEntry? Find(in DecisionKeyText key) => _entries.Find(_fingerprinter.Of(key)) is { } entry && entry.Matches(key) ? entry : null;

    public IReadOnlyList<CacheEntry> MostUsed(int most) =>
        [.. Entries().OrderByDescending(static one => one.Hot).ThenByDescending(static one => one.Hits).Take(most)];

    public void Clear()
    {
        lock (_gate)
        {
            _entries.Clear();
            _ring.Clear();
        }
    }

    public DecisionCacheStatistics Statistics()
    {
        lock (_gate)
        {
            return new DecisionCacheStatistics(
                _ring.Evictions, _expirations, Volatile.Read(ref _refused), _ring.Count, _ring.Hot, _ring.Bytes);
        }
    }

    private CacheEntry[] Entries()
    {
        lock (_gate)
        {
            return _ring.All();
        }
    }

    // Every write is guarded by a read, so that processors can share the line of an entry that all of them use.
    private void Touch(CacheEntry entry)
    {
        if (!entry.Referenced)
        {
            entry.Referenced = true;
        }

        if (entry.Hot)
        {
            return;
        }

        if (entry.Hits <= _hotAfter)
        {
            entry.Hits++;
        }

        if (entry.Hits > _hotAfter && _ring.HasHotRoom(entry))
        {
            lock (_gate)
            {
                _ring.MakeHot(entry);
            }
        }
    }

    private void Expire(CacheEntry entry)
    {
        lock (_gate)
        {
            if (entry.Slot >= 0)
            {
                Remove_NeedsLock(entry);
                _expirations++;
            }
        }
    }

    private void Sweep_NeedsLock(long now)
    {
        for (var i = 0; i < 2 && _ring.NextToSweep() is { } entry; i++)
        {
            if (now >= entry.ExpiresAt)
            {
                Remove_NeedsLock(entry);
                _expirations++;
            }
        }
    }

    private void Remove_NeedsLock(CacheEntry entry)
    {
        _entries.Remove(entry);
        _ring.Remove(entry);
    }
}
