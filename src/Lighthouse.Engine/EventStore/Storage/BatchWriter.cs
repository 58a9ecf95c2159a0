using System.Text;
using Lighthouse.Engine.EventStore.Contracts;
using Lighthouse.Engine.EventStore.Integrity;
using Lighthouse.Engine.EventStore.Projections;
using Lighthouse.Engine.EventStore.Storage.Sqlite;

namespace Lighthouse.Engine.EventStore.Storage;

/// <summary>
/// Turns a batch of appends into one transaction: versions, positions, chain, head. Its own memory of the log's end moves only when
/// the commit has returned, so a failed batch uses up no position.
/// </summary>
internal sealed class BatchWriter(byte[]? key, TimeProvider time)
{
    private readonly StreamVersions _versions = new();
    private readonly EventHash _hasher = new();
    private readonly List<StoredEvent> _written = [];
    private readonly List<(string Stream, long Version)> _undo = [];
    private readonly byte[] _pendingHash = new byte[EventHash.Size];
    private byte[] _text = new byte[1024];

    /// <summary>Position of the last durable event.</summary>
    public long Position { get; private set; }

    /// <summary>Its hash: what the next event is chained to.</summary>
    public byte[] Hash { get; } = new byte[EventHash.Size];

    public void ContinueFrom(long position, ReadOnlySpan<byte> hash)
    {
        Position = position;
        hash.CopyTo(Hash);
        _versions.Forget();
    }

    /// <summary>False when the log's end is not one that this process can have written.</summary>
    public bool IsEnd(LogTail tail)
    {
        var signed = tail.Head is { } head && (key is null ? head.Mac.Length == 0 : head.IsAuthentic(key));
        // Nothing was appended since a start on a damaged log: its end is still the one that the start wrote down.
        return signed && tail.Head!.Position == Position
            ? tail.Head.Hash.AsSpan().SequenceEqual(Hash)
            : signed && tail.LastPosition == tail.Head!.Position && tail.LastPosition > Position && tail.LastHash.AsSpan().SequenceEqual(tail.Head.Hash);
    }

    /// <summary>Returns after the commit. Conflicting appends are marked and left out; the others are not touched by them.</summary>
    public void Write(SqliteLog log, List<PendingAppend> batch)
    {
        _written.Clear();
        // Stored with microseconds, so the caller gets that very time.
        var occurredAt = EventTime.ToMicroseconds(time.GetUtcNow());
        var at = EventTime.FromMicroseconds(occurredAt);
        var next = Position;
        Hash.CopyTo(_pendingHash, 0);

        log.Begin();
        foreach (var append in batch)
        {
            append.Conflict = Claim(log, append.Events);
            if (append.Conflict is null)
            {
                append.Result = new AppendResult(next + 1, at);
                for (var i = 0; i < append.Events.Count; i++)
                {
                    Insert(log, append.Events[i], ++next, _undo[i].Version + 1, occurredAt, at);
                }
            }
        }

        if (next == Position)
        {
            log.Rollback();
            return;
        }

        log.SetHead(LogHead.Sign(next, _pendingHash, key));
        log.Commit();
        _versions.Accept();
        _pendingHash.CopyTo(Hash, 0);
        Position = next;
    }

    public void ApplyTo(FoldRunner folds)
    {
        foreach (var stored in _written)
        {
            folds.Apply(stored);
        }

        _written.Clear();
    }

    /// <summary>After a failure: what the batch left in memory is void.</summary>
    public void Forget()
    {
        _written.Clear();
        _versions.Forget();
    }

    // Takes the next version of each event's stream, or none of them. What it leaves in _undo are the versions before.
    private ConcurrencyException? Claim(SqliteLog log, IReadOnlyList<NewEvent> events)
    {
        _undo.Clear();
        foreach (var one in events)
        {
            var version = _versions.Find(one.Stream) ?? log.VersionOf(Encoding.UTF8.GetBytes(one.Stream));
            if (one.ExpectedVersion is { } expected && expected != version)
            {
                for (var i = _undo.Count - 1; i >= 0; i--)
                {
                    _versions.Set(_undo[i].Stream, _undo[i].Version);
                }

                return new ConcurrencyException(one.Stream, expected, version);
            }

            _undo.Add((one.Stream, version));
            _versions.Set(one.Stream, version + 1);
        }

        return null;
    }

    private void Insert(SqliteLog log, NewEvent one, long position, long version, long occurredAt, DateTimeOffset at)
    {
        var room = Encoding.UTF8.GetMaxByteCount(one.Stream.Length + one.Type.Length + one.Actor.Length);
        if (_text.Length < room)
        {
            _text = new byte[room];
        }

        var rest = _text.AsSpan();
        var stream = Encode(one.Stream, ref rest);
        var type = Encode(one.Type, ref rest);
        var actor = Encode(one.Actor, ref rest);
        var payload = one.Payload.Span;
        _hasher.Compute(_pendingHash, position, stream, version, type, occurredAt, actor, payload, _pendingHash);
        log.Insert(position, stream, version, type, occurredAt, actor, payload, _pendingHash);
        if (one.Type != EventTypes.DecisionRecorded)
        {
            _written.Add(new StoredEvent(position, one.Stream, version, one.Type, at, one.Actor, one.Payload));
        }
    }

    private static ReadOnlySpan<byte> Encode(string text, ref Span<byte> rest)
    {
        var length = Encoding.UTF8.GetBytes(text, rest);
        var encoded = rest[..length];
        rest = rest[length..];
        return encoded;
    }
}
