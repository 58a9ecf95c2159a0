using System.Threading.Channels;
using Lighthouse.Engine.Validation.Coherence;
using Lighthouse.Engine.Validation.Contracts;
using Lighthouse.Engine.Validation.Redis;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Lighthouse.Engine.Validation.Tiers.Redis;

/// <param name="Stamp">The generation it belongs to; once that has moved on, nobody would look for it.</param>
internal sealed record PendingEntry(EntryKey Key, byte[] Value, DateTimeOffset ExpiresAt, string Stamp);

/// <summary>
/// Writes entries behind the requests: announces them in the filter, lets a lease go by in which every node either reads the filter or stops
/// trusting its copy, then writes. Bounded in entries and bytes; what does not fit is dropped and counted: the next request computes it again.
/// </summary>
internal sealed class WriteBehind(
    RedisConnection connection, NegativeFilter filter, EntryKeys keys, SharedEpochs epochs, IOptions<RedisOptions> options, TimeProvider time,
    ILogger<WriteBehind> log) : BackgroundService
{
    private const int MostEntries = 10_000;
    private const long MostBytes = 32L << 20;
    private const int Batch = 64;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Wait = SharedEpochs.Lease + TimeSpan.FromMilliseconds(250);

    private readonly Channel<PendingEntry> _arrived = Channel.CreateBounded<PendingEntry>(new BoundedChannelOptions(MostEntries) { FullMode = BoundedChannelFullMode.Wait });
    private readonly Queue<Announced> _announced = new();
    private readonly string _epochsKey = options.Value.Prefix + ":epochs";
    private long _bytes;
    private int _waiting;
    private long _written;
    private long _dropped;
    private bool _failing;

    public int Waiting => Volatile.Read(ref _waiting);
    public long WaitingBytes => Volatile.Read(ref _bytes);
    public long Written => Volatile.Read(ref _written);
    public long Dropped => Volatile.Read(ref _dropped);

    public void Add(PendingEntry entry)
    {
        var bytes = Interlocked.Add(ref _bytes, entry.Value.Length);
        if (bytes > MostBytes || Volatile.Read(ref _waiting) >= MostEntries)
        {
            Drop(entry, counted: false);
            return;
        }

        Interlocked.Increment(ref _waiting);
        if (!_arrived.Writer.TryWrite(entry))
        {
            Drop(entry);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.IsConfigured)
        {
            return;
        }

        await Task.Yield();
        try
        {
            while (await WorkArrivesAsync(stoppingToken))
            {
                await RoundAsync();
                await Task.Delay(Tick, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What waits is computed again by whoever needs it.
        }
    }

    private ValueTask<bool> WorkArrivesAsync(CancellationToken stoppingToken) =>
        _announced.Count > 0 ? new(result: true) : _arrived.Reader.WaitToReadAsync(stoppingToken);

    private async Task RoundAsync()
    {
        try
        {
            if (connection.TryGet(out var database) && epochs.IsConfirmed(time.GetTimestamp()) && filter.Incarnation is { } incarnation)
            {
                await AnnounceAsync(database, incarnation);
                await WriteAsync(database);
                _failing = false;
                return;
            }
        }
        catch (Exception exception)
        {
            // Whatever it was: entries are lost, the loop is not.
            if (!_failing)
            {
                _failing = true;
                log.WritesFailed(RedisConnection.Brief(exception));
            }
        }

        // Unconfirmed for a moment, or Redis away: what still belongs to the generation waits, within its bounds and while it is valid.
        for (var left = _announced.Count; left > 0; left--)
        {
            var announced = _announced.Dequeue();
            if (IsOfUse(announced.Entry))
            {
                _announced.Enqueue(announced);
            }
            else
            {
                Drop(announced.Entry);
            }
        }

        for (var left = _arrived.Reader.Count; left > 0 && _arrived.Reader.TryRead(out var entry); left--)
        {
            if (!IsOfUse(entry) || !_arrived.Writer.TryWrite(entry))
            {
                Drop(entry);
            }
        }
    }

    private bool IsOfUse(PendingEntry entry) => ReferenceEquals(entry.Stamp, epochs.Stamp) && entry.ExpiresAt > time.GetUtcNow();

    private async Task AnnounceAsync(IDatabase database, string incarnation)
    {
        var entries = new List<PendingEntry>();
        while (_arrived.Reader.TryRead(out var entry))
        {
            entries.Add(entry);
        }

        if (entries.Count == 0)
        {
            return;
        }

        try
        {
            await AnnounceAsync(database, incarnation, entries);
        }
        catch
        {
            entries.ForEach(entry => Drop(entry));
            throw;
        }

        var due = time.GetTimestamp() + (long)(Wait.TotalSeconds * time.TimestampFrequency);
        entries.ForEach(entry => _announced.Enqueue(new Announced(entry, due)));
    }

    private async Task AnnounceAsync(IDatabase database, string incarnation, List<PendingEntry> entries)
    {
        List<Task> sent = [];
        foreach (var hour in entries.GroupBy(static one => NegativeFilter.HourOf(one.ExpiresAt)))
        {
            var name = filter.NameOf(incarnation, hour.Key);
            foreach (var chunk in hour.Chunk(Batch))
            {
                sent.Add(database.ExecuteAsync("BITFIELD", SetBits(name, chunk)));
            }

            sent.Add(database.KeyExpireAsync(name, TimeSpan.FromSeconds((2 * options.Value.TimeToLiveSeconds) + 7_200)));
        }

        await Task.WhenAll(sent);
        // After the bits: who sees the count finds them.
        await database.HashIncrementAsync(_epochsKey, EpochReading.AnnouncedField);
    }

    private static object[] SetBits(RedisKey name, PendingEntry[] entries)
    {
        List<object> arguments = [name];
        Span<int> positions = stackalloc int[FilterBits.Hashes];
        foreach (var entry in entries)
        {
            FilterBits.Positions(entry.Key, positions);
            foreach (var position in positions)
            {
                arguments.AddRange(["SET", "u1", position, 1]);
            }
        }

        return [.. arguments];
    }

    private async Task WriteAsync(IDatabase database)
    {
        List<(PendingEntry Entry, Task<bool> Sent)> sent = [];
        while (_announced.TryPeek(out var next) && next.Due <= time.GetTimestamp())
        {
            var entry = _announced.Dequeue().Entry;
            var remaining = entry.ExpiresAt - time.GetUtcNow();
            if (remaining <= TimeSpan.Zero || !ReferenceEquals(entry.Stamp, epochs.Stamp))
            {
                Drop(entry);
            }
            else if (!filter.IsAnnounced(entry.Key, entry.ExpiresAt))
            {
                // Announced to a server that has lost it: once more.
                Settle(entry);
                Add(entry);
            }
            else
            {
                // Never over an entry that stands: it was computed earlier, but as well, and its life must not grow.
                sent.Add((entry, database.StringSetAsync(keys.NameOf(entry.Key), entry.Value, remaining, When.NotExists)));
            }
        }

        foreach (var (entry, done) in sent)
        {
            try
            {
                await done;
                Interlocked.Increment(ref _written);
                Settle(entry);
            }
            catch (Exception exception) when (exception is RedisException or TimeoutException)
            {
                Drop(entry);
            }
        }
    }

    private void Drop(PendingEntry entry, bool counted = true)
    {
        Interlocked.Increment(ref _dropped);
        Interlocked.Add(ref _bytes, -entry.Value.Length);
        if (counted)
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    private void Settle(PendingEntry entry)
    {
        Interlocked.Add(ref _bytes, -entry.Value.Length);
        Interlocked.Decrement(ref _waiting);
    }

    private sealed record Announced(PendingEntry Entry, long Due);
}
