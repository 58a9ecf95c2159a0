using System.Diagnostics.CodeAnalysis;
using Lighthouse.Contracts;
using Lighthouse.Engine.EventStore.Contracts;
using Lighthouse.Engine.EventStore.Integrity;
using Lighthouse.Engine.EventStore.Projections;
using Lighthouse.Engine.EventStore.Storage;
using Lighthouse.Engine.EventStore.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Lighthouse.Engine.EventStore;

/// <summary>Everything that exists from opening the log to closing it.</summary>
internal sealed class OpenLog : IAsyncDisposable
{
    private readonly DataFiles _files;
    private readonly EventStoreOptions _options;
    private readonly DataDirectoryLock _directory;
    private readonly LogConnector _connector;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _closing = new();
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _checking = new(1, 1);
    private Task _verification = Task.CompletedTask;
    private int _disposed;

    private OpenLog(DataFiles files, EventStoreOptions options, TimeProvider time, ILogger log)
    {
        (_files, _options, _time, _log) = (files, options, time, log);
        Queue = new AppendQueue(options.QueueEvents, options.QueueBytes);
        _directory = DataDirectoryLock.Take(files);
        Readers = new ReaderPool(files.Log, options.Readers, options.LockTimeout);
        _connector = new LogConnector(files, options, Readers, State, log);
    }

    public AppendQueue Queue { get; }
    public ReaderPool Readers { get; }
    public HeadSignal Head { get; } = new();
    public StoreState State { get; } = new();

    public static OpenLog Start(
        DataFiles files, EventStoreOptions options, IServiceProvider services, EventStoreMetrics metrics, TimeProvider time, ILogger log)
    {
        var open = new OpenLog(files, options, time, log);
        try
        {
            open.Start(services, metrics);
            return open;
        }
        catch
        {
            open.Readers.Dispose();
            open._directory.Dispose();
            throw;
        }
    }

    public async Task<VerifyReport> VerifyAsync(IProgress<long>? progress, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closing.Token);
        // One at a time: each check takes a whole processor.
        await _checking.WaitAsync(either.Token);
        VerifyReport report;
        try
        {
            report = await EventLogVerifier.VerifyAsync(_files.Directory, progress, either.Token);
        }
        finally
        {
            _checking.Release();
        }

        if (report.Ok)
        {
            State.Integrity = null;
        }
        else
        {
            _connector.Report($"The event log is broken: {report.Problem}");
        }

        return report;
    }

    public void VerifyInBackground() => _verification = VerifyOnceAsync();

    /// <summary>Writes what waits, then closes; a second call waits for the first.</summary>
    public async ValueTask DisposeAsync()
    {
        Queue.Close();
        await _drained.Task;
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        await _closing.CancelAsync();
        await _verification;
        Queue.Dispose();
        Readers.Dispose();
        _closing.Dispose();
        _checking.Dispose();
        _directory.Dispose();
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "The writer's thread owns the connection and closes it.")]
    private void Start(IServiceProvider services, EventStoreMetrics metrics)
    {
        var began = _time.GetTimestamp();
        var (opened, continuation, key) = _connector.Open();
        try
        {
            if (continuation.Problem is { } problem)
            {
                _connector.Report(problem);
            }

            var folds = new FoldRunner(services.GetServices<IEventFold>(), State, _log);
            var folded = Fold(folds);
            folds.Live();
            var batches = new BatchWriter(key, _time);
            batches.ContinueFrom(continuation.Position, continuation.Hash);
            Head.Advance(continuation.Position);
            var writer = new LogWriter(Queue, _connector, batches, folds, Head, State, metrics, _options, _log);
            new Thread(() =>
            {
                writer.Run(opened);
                _drained.SetResult();
            })
            { IsBackground = true, Name = "event-log-writer" }.Start();
            EventStoreLog.Opened(_log, _files.Log, continuation.Position, folded, (long)_time.GetElapsedTime(began).TotalMilliseconds);
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    private long Fold(FoldRunner folds)
    {
        var count = 0L;
        using var reader = new SqliteLogReader(_files.Log, _options.LockTimeout);
        reader.ReadTypes(folds.Types, 0, stored =>
        {
            folds.Apply(stored);
            count++;
        });
        return count;
    }

    private async Task VerifyOnceAsync()
    {
        var began = _time.GetTimestamp();
        try
        {
            var report = await VerifyAsync(null, CancellationToken.None);
            if (report.Ok)
            {
                EventStoreLog.Verified(_log, report.Events, (long)_time.GetElapsedTime(began).TotalMilliseconds);
            }
        }
        catch (OperationCanceledException)
        {
        }
        catch (Exception exception)
        {
            EventStoreLog.VerifyFailed(_log, exception);
        }
    }
}
