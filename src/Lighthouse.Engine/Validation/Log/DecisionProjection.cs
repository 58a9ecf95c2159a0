using Lighthouse.Engine.EventStore.Contracts;
using Lighthouse.Engine.Platform;
using Lighthouse.Engine.Validation.Log.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Lighthouse.Engine.Validation.Log;

/// <summary>
/// Follows the log and keeps the searchable rows. There is one path: read what lies after the checkpoint, write it with the new
/// checkpoint. A first start, a rebuild, catching up after a crash and live traffic differ only in how much that is.
/// </summary>
internal sealed class DecisionProjection(
    IEventStore store, IHeadSignal head, DecisionViews views, IChangeSignal changes, TimeProvider time, ILogger<DecisionProjection> log)
    : BackgroundService
{
    private const int Batch = 500;

    // Commits arrive up to a thousand times a second; the search may be this much behind.
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private ViewCheckpoint? _checkpoint;
    private long _reached;
    private TaskCompletionSource<string> _distrusted = NewSignal();

    /// <summary>Events not yet looked at.</summary>
    public long Lag => Math.Max(0, store.Head - Interlocked.Read(ref _reached));

    /// <summary>A search found the file damaged: it is rebuilt.</summary>
    public void Distrust(string reason) => Volatile.Read(ref _distrusted).TrySetResult(reason);

    /// <summary>Projects everything up to the head of the log as of now.</summary>
    public async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        if (_distrusted.Task.IsCompleted)
        {
            var reason = await _distrusted.Task;
            Volatile.Write(ref _distrusted, NewSignal());
            Reset(reason);
        }

        _checkpoint ??= await OpenAsync(cancellationToken);
        while (true)
        {
            var target = store.Head;
            var events = await store.ReadAsync(new EventQuery(_checkpoint.Position, Batch), cancellationToken);
            if (events.Count > 0)
            {
                _checkpoint = Project(events);
                changes.Publish(ChangeTopic.Decisions);
            }

            if (events.Count < Batch)
            {
                // Nothing more up to the head, even where a damaged log has a gap before it.
                Interlocked.Exchange(ref _reached, Math.Max(target, _checkpoint.Position));
                return;
            }

            Interlocked.Exchange(ref _reached, _checkpoint.Position);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Off the path of the start: a rebuild of a long log takes its time.
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await CatchUpAsync(stoppingToken);
                await Task.Delay(Linger, time, stoppingToken);
                await WaitForWorkAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                if (exception is SqliteException sqlite && IsDamage(sqlite))
                {
                    Distrust("its file is damaged");
                }

                _checkpoint = null;
                DecisionLogMessages.Failed(log, exception, RetryDelay);
                await Task.Delay(RetryDelay, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private static TaskCompletionSource<string> NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    // For the one who writes, SQLITE_ERROR counts too: a table that should be there is not.
    private static bool IsDamage(SqliteException exception) =>
        DecisionViews.IsDamage(exception) || exception.SqliteErrorCode == SQLitePCL.raw.SQLITE_ERROR;

    private async Task WaitForWorkAsync(CancellationToken cancellationToken)
    {
        using var round = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(head.WaitAsync(Interlocked.Read(ref _reached), round.Token), _distrusted.Task);
        await round.CancelAsync();
    }

    private ViewCheckpoint Project(IReadOnlyList<StoredEvent> events)
    {
        var entries = new List<DecisionEntry>(events.Count);
        foreach (var stored in events)
        {
            if (stored.Type != EventTypes.DecisionRecorded)
            {
                continue;
            }

            if (DecisionEntry.Read(stored) is { } entry)
            {
                entries.Add(entry);
            }
            else
            {
                DecisionLogMessages.Unreadable(log, stored.Position);
            }
        }

        var checkpoint = new ViewCheckpoint(events[^1].Position, events[^1].Stream);
        views.Add(entries, checkpoint);
        return checkpoint;
    }

    private async Task<ViewCheckpoint> OpenAsync(CancellationToken cancellationToken)
    {
        ViewCheckpoint checkpoint;
        try
        {
            checkpoint = views.Open();
        }
        catch (SqliteException exception) when (IsDamage(exception))
        {
            Reset("its file is damaged");
            return views.Open();
        }

        if (checkpoint.Position > 0 && !await IsOfThisLogAsync(checkpoint, cancellationToken))
        {
            Reset("it belongs to another log");
            return views.Open();
        }

        return checkpoint;
    }

    // The log may have been put back from an older copy; rows of the newer one must not stay.
    private async Task<bool> IsOfThisLogAsync(ViewCheckpoint checkpoint, CancellationToken cancellationToken)
    {
        var there = await store.ReadAsync(new EventQuery(checkpoint.Position - 1, 1), cancellationToken);
        return there is [var stored] && stored.Position == checkpoint.Position && stored.Stream == checkpoint.Stream;
    }

    private void Reset(string reason)
    {
        DecisionLogMessages.Rebuilding(log, reason);
        views.Delete();
        _checkpoint = null;
        Interlocked.Exchange(ref _reached, 0);
    }
}
