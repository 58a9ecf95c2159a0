using Lighthouse.Contracts;
using Lighthouse.Engine.EventStore.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Lighthouse.Engine.EventStore.Integrity;

/// <summary>
/// One full check. The end of the log is fixed first; what lies before it can no longer change, so it is read in short batches
/// beside a busy writer, without holding back its checkpoints.
/// </summary>
internal sealed class LogVerification(SqliteLogReader reader, byte[]? key)
{
    private const int Batch = 2_000;

    private readonly EventHash _hasher = new();
    private readonly byte[] _previous = new byte[EventHash.Size];
    private long _checked;
    private Finding? _finding;

    public VerifyReport Run(IProgress<long>? progress, CancellationToken cancellationToken)
    {
        try
        {
            var tail = reader.Tail();
            CheckChain(tail.LastPosition, progress, cancellationToken);
            if (_finding is null)
            {
                CheckEnd(tail);
            }

            if (_finding is null)
            {
                CheckVersions(tail.LastPosition, cancellationToken);
            }
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode is SQLitePCL.raw.SQLITE_CORRUPT or SQLitePCL.raw.SQLITE_NOTADB)
        {
            _finding = new Finding(_checked + 1, $"the log cannot be read beyond position {_checked}: {SqliteFailure.Cause(exception)}");
        }

        progress?.Report(_checked);
        return new VerifyReport(_finding is null, _checked, _finding?.Position, _finding?.Problem);
    }

    private void CheckChain(long last, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var hash = new byte[EventHash.Size];
        // Below every position that may legally exist, so that an inserted one is seen.
        var from = long.MinValue;
        bool more;
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            more = reader.Scan(from, last, Batch, row =>
            {
                _finding = CheckEvent(row, hash);
                from = _checked + 1;
                return _finding is null;
            });
            progress?.Report(_checked);
        }
        while (more);
    }

    private Finding? CheckEvent(Statement row, byte[] hash)
    {
        var expected = _checked + 1;
        var position = row.Long(0);
        if (position != expected)
        {
            return position > expected
                ? new Finding(expected, $"position {expected} is missing")
                : new Finding(position, $"position {position} does not belong to the log");
        }

        _hasher.Compute(_previous, position, row.Bytes(1), row.Long(2), row.Bytes(3), row.Long(4), row.Bytes(5), row.Bytes(6), hash);
        if (!row.Bytes(7).SequenceEqual(hash))
        {
            return new Finding(position, $"the event at position {position} is not what was recorded: its hash does not match");
        }

        hash.CopyTo(_previous, 0);
        _checked++;
        return null;
    }

    private void CheckEnd(LogTail tail)
    {
        var last = tail.LastPosition;
        var head = tail.Head;
        _finding = head switch
        {
            null when last == 0 && key is null => null,
            null => new Finding(last + 1, $"the head is missing: whether anything followed position {last} cannot be known"),
            _ when key is null => new Finding(null, "the key of the log is missing: the chain is unbroken, but its end cannot be authenticated"),
            _ when !head.IsAuthentic(key) => new Finding(Math.Max(last, 1), "the head is not authentic: it was not written with the key of this log"),
            _ when head.Position > last => new Finding(last + 1, $"position {last + 1} is missing: the log ends at {last}, its head says {head.Position}"),
            _ when head.Position < last => new Finding(head.Position + 1, $"the event at position {head.Position + 1} was added after the authenticated head"),
            _ when !_previous.AsSpan().SequenceEqual(head.Hash) => new Finding(Math.Max(last, 1), $"the event at position {last} is not the one that the head names: the log was rewritten"),
            _ => null,
        };
    }

    // The chain covers versions too; this finds a log that was written wrongly in the first place.
    private void CheckVersions(long last, CancellationToken cancellationToken)
    {
        byte[] stream = [];
        long version = 0, position = 0;
        bool more;
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            more = reader.ScanStreams(stream, version, Batch, row =>
            {
                if (row.Long(2) > last)
                {
                    // Appended meanwhile: the rest of this stream is newer still.
                    version = row.Long(1);
                    stream = row.Bytes(0).ToArray();
                    return true;
                }

                if (!row.Bytes(0).SequenceEqual(stream))
                {
                    stream = row.Bytes(0).ToArray();
                    version = position = 0;
                }

                if (row.Long(1) != version + 1 || row.Long(2) <= position)
                {
                    _finding = new Finding(row.Long(2), $"the event at position {row.Long(2)} has version {row.Long(1)} where {version + 1} was due in its stream");
                    return false;
                }

                (version, position) = (row.Long(1), row.Long(2));
                return true;
            });
        }
        while (more);
    }

    private sealed record Finding(long? Position, string Problem);
}
