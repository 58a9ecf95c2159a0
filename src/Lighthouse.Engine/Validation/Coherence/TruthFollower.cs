using Lighthouse.Engine.EventStore.Contracts;
using Lighthouse.Engine.Validation.Contracts;
using Lighthouse.Engine.Validation.Redis;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Lighthouse.Engine.Validation.Coherence;

/// <summary>
/// Where others write to the log too: keeps what this node knows of policies, agents, keys, grants and the stop younger than a second, whether
/// Redis is there or not. A node that cannot read the log must not judge by what it knew, and says so through <see cref="IsCurrent"/>.
/// </summary>
internal sealed class TruthFollower(IEventStore store, EpochJournal journal, TimeProvider time, ILogger<TruthFollower> log) : BackgroundService, IEpochFollower
{
    private static readonly TimeSpan CheckEvery = TimeSpan.FromMilliseconds(200);

    private readonly long _lease = (long)(SharedEpochs.Lease.TotalSeconds * time.TimestampFrequency);
    private readonly Lock _gate = new();
    private long _currentUntil;
    private bool _failing;

    /// <param name="nowTimestamp">From <see cref="TimeProvider.GetTimestamp"/>.</param>
    public bool IsCurrent(long nowTimestamp) => store.IsSoleWriter || nowTimestamp < Volatile.Read(ref _currentUntil);

    public async ValueTask CatchUpAsync(IReadOnlyCollection<EpochKind> moved, CancellationToken cancellationToken)
    {
        if (store.IsSoleWriter)
        {
            return;
        }

        var started = time.GetTimestamp();
        // Not waited for longer than an answer would be worth.
        await store.CatchUpAsync(cancellationToken).AsTask().WaitAsync(SharedEpochs.Lease, time, cancellationToken);
        lock (_gate)
        {
            Volatile.Write(ref _currentUntil, Math.Max(_currentUntil, started + _lease));
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (store.IsSoleWriter)
        {
            return;
        }

        await Task.Yield();
        using var timer = new PeriodicTimer(CheckEvery, time);
        try
        {
            do
            {
                await CheckAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task CheckAsync(CancellationToken stoppingToken)
    {
        try
        {
            await CatchUpAsync([], stoppingToken);
            if (_failing)
            {
                _failing = false;
                journal.Succeeded();
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Tried again at the next tick; until then the lease runs out by itself.
            _failing = true;
            if (journal.Failed(RedisConnection.Brief(exception)))
            {
                log.TruthUnread(RedisConnection.Brief(exception));
            }
        }
    }
}
