using Lighthouse.Contracts;
using Lighthouse.Engine.EventStore.Integrity;
using Lighthouse.Engine.EventStore.Projections;
using Lighthouse.Engine.EventStore.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Lighthouse.Engine.EventStore.Storage;

/// <summary>
/// The one writer. Everything that waits shares a commit; a caller is told only after the commit and the folds. After a failure
/// nothing in memory is believed: the connection is thrown away and the end of the log is read again before the next batch.
/// </summary>
internal sealed class LogWriter(
    AppendQueue queue, LogConnector connector, BatchWriter batches, FoldRunner folds, HeadSignal head, StoreState state,
    EventStoreMetrics metrics, EventStoreOptions options, ILogger log)
{
    // While appends fail, the writer tries by itself: a node that was taken out of service for it must come back.
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    private readonly List<PendingAppend> _batch = [];
    private SqliteLog? _log;

    /// <summary>Runs on its own thread until the queue is closed and drained.</summary>
    public void Run(SqliteLog opened)
    {
        _log = opened;
        while (!queue.IsDrained)
        {
            var patience = state.Writable ? Timeout.InfiniteTimeSpan : RetryInterval;
            if (queue.Take(_batch, options.BatchEvents, options.BatchBytes, patience))
            {
                Attempt(_batch);
            }
            else if (!state.Writable)
            {
                Attempt([]);
            }
        }

        _log?.Dispose();
        _log = null;
    }

    private void Attempt(List<PendingAppend> batch)
    {
        try
        {
            _log ??= connector.Reopen(batches, folds, head);
            if (batch.Count == 0)
            {
                _log.Probe();
            }
            else
            {
                batches.Write(_log, batch);
            }
        }
        catch (SqliteException exception)
        {
            Refuse(batch, exception, SqliteFailure.Cause(exception), SqliteFailure.Unavailable(exception));
            return;
        }
        catch (Exception exception)
        {
            EventStoreLog.WriterFailed(log, exception, batch.Count);
            Refuse(batch, exception, "an unexpected error", new LighthouseException(
                ErrorCodes.StorageUnavailable, "The event log failed in an unexpected way. Nothing was recorded.", RetryInterval, exception));
            return;
        }

        if (!state.Writable)
        {
            state.Writing = null;
            EventStoreLog.Recovered(log, batches.Position);
        }

        Acknowledge(batch);
    }

    private void Acknowledge(List<PendingAppend> batch)
    {
        batches.ApplyTo(folds);
        head.Advance(batches.Position);
        metrics.Finished(batch, failed: false);
        foreach (var append in batch)
        {
            append.Complete();
        }
    }

    private void Refuse(List<PendingAppend> batch, Exception exception, string cause, LighthouseException answer)
    {
        if (state.Writable)
        {
            EventStoreLog.WriteFailed(log, exception, cause, batch.Count);
        }

        state.Writing = $"The event log cannot be written: {cause}";
        batches.Forget();
        if (_log is { } failed)
        {
            _log = null;
            connector.Close(failed);
        }

        metrics.Finished(batch, failed: true);
        foreach (var append in batch)
        {
            append.Fail(answer);
        }
    }
}
