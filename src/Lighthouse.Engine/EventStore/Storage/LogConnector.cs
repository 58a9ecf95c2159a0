using Lighthouse.Contracts;
using Lighthouse.Engine.EventStore.Integrity;
using Lighthouse.Engine.EventStore.Projections;
using Lighthouse.Engine.EventStore.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Lighthouse.Engine.EventStore.Storage;

/// <summary>Opens the log: once at start, and again after every failure.</summary>
internal sealed class LogConnector(DataFiles files, EventStoreOptions options, ReaderPool readers, StoreState state, ILogger log)
{
    /// <summary>Opens the log at start, finds where to go on and notes what is wrong with its end.</summary>
    /// <exception cref="LighthouseException">The file cannot be opened at all.</exception>
    public (SqliteLog Log, Continuation Continuation, byte[]? Key) Open()
    {
        // A key without a database: the whole log was taken away. That is no first start.
        var hadLog = File.Exists(files.Log);
        var hadKey = File.Exists(files.LogKey);
        SqliteLog? opened = null;
        try
        {
            opened = Connect();
            var tail = ReadTail();
            var isNew = !hadKey && tail is { LastPosition: 0, Head: null };
            // The database first, then the key: a crash between the two looks like a first start, never like a loss.
            var key = isNew ? LogKey.Create(files.LogKey) : LogKey.Find(files.LogKey);
            // A crash right after the key was made.
            isNew |= hadLog && key is not null && tail is { LastPosition: 0, Head: null };
            var continuation = Continuation.From(tail, key, isNew);
            if (continuation.Position != tail.Head?.Position || continuation.Position != tail.LastPosition)
            {
                opened.SetHead(LogHead.Sign(continuation.Position, continuation.Hash, key));
            }

            return (opened, continuation, key);
        }
        catch (Exception exception) when (exception is SqliteException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            opened?.Dispose();
            var cause = exception is SqliteException sqlite ? SqliteFailure.Cause(sqlite) : exception.Message.TrimEnd('.');
            throw new LighthouseException(
                ErrorCodes.StorageUnavailable, $"Lighthouse cannot start: the event log {files.Log} cannot be opened: {cause}.", inner: exception);
        }
    }

    /// <summary>
    /// Gives a failed connection up. The readers go first: only the last connection, and only one that may write, brings what is left
    /// in the write-ahead log into the database.
    /// </summary>
    public void Close(SqliteLog failed)
    {
        readers.Forget();
        try
        {
            failed.Dispose();
        }
        catch (SqliteException exception)
        {
            EventStoreLog.WriteFailed(log, exception, SqliteFailure.Cause(exception), 0);
        }
    }

    /// <summary>Opens the log anew while running and compares it with what this process knows.</summary>
    public SqliteLog Reopen(BatchWriter batches, FoldRunner folds, HeadSignal head)
    {
        var opened = Connect();
        try
        {
            var tail = ReadTail();
            if (!batches.IsEnd(tail))
            {
                Report($"The event log was changed while Lighthouse was running: it ends at position {tail.LastPosition}, {batches.Position} was durable");
                batches.ContinueFrom(Math.Max(tail.LastPosition, batches.Position), batches.Hash);
            }
            else if (tail.Head!.Position > batches.Position)
            {
                CatchUp(tail, batches, folds, head);
            }

            return opened;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    public void Report(string problem)
    {
        state.Integrity = problem;
        EventStoreLog.Broken(log, problem);
    }

    // A commit whose result we never learnt had reached the disk. Its callers were refused, but the log is the truth.
    private void CatchUp(LogTail tail, BatchWriter batches, FoldRunner folds, HeadSignal head)
    {
        EventStoreLog.LateCommit(log, batches.Position + 1, tail.LastPosition);
        using var reader = new SqliteLogReader(files.Log, options.LockTimeout);
        reader.ReadTypes(folds.Types, batches.Position, folds.Apply);
        batches.ContinueFrom(tail.LastPosition, tail.LastHash);
        head.Advance(tail.LastPosition);
    }

    private LogTail ReadTail()
    {
        using var reader = new SqliteLogReader(files.Log, options.LockTimeout);
        return reader.Tail();
    }

    private SqliteLog Connect()
    {
        var opened = new SqliteLog(files.Log, options.LockTimeout);
        foreach (var trigger in opened.MissingTriggers)
        {
            EventStoreLog.TriggerMissing(log, trigger);
        }

        return opened;
    }
}
