using System.Text;
using Lighthouse.Contracts;
using Lighthouse.Engine.EventStore.Contracts;
using Lighthouse.Engine.EventStore.Storage;
using Lighthouse.Engine.Platform;
using Lighthouse.Engine.Telemetry.Contracts;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Lighthouse.Engine.EventStore;

/// <summary>
/// The log as the rest of the engine sees it. Opened before any other hosted service starts, or by the first use where there is no
/// host; drained and closed after all others have stopped.
/// </summary>
internal sealed class DurableEventStore(
    IServiceProvider services, IOptions<LighthouseOptions> lighthouse, IOptions<EventStoreOptions> options, ITelemetry telemetry,
    TimeProvider time, ILogger<DurableEventStore> log) : IEventStore, IHeadSignal, IHostedLifecycleService, IAsyncDisposable
{
    private const int MaxNameBytes = 512;
    private const int MaxPayloadBytes = 16 * 1024 * 1024;
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly Lock _opening = new();
    private readonly EventStoreMetrics _metrics = new(telemetry, time);
    private volatile OpenLog? _open;
    private bool _closed;

    public long Head => Open().Head.Head;

    public EventStoreHealth Health
    {
        get
        {
            var open = Open();
            return new EventStoreHealth(open.State.Writable, open.State.Problem, open.Queue.Depth, open.Head.Head);
        }
    }

    public async ValueTask<AppendResult> AppendAsync(IReadOnlyList<NewEvent> events, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var append = new PendingAppend(events, Measure(events), time.GetTimestamp());
        switch (Open().Queue.TryAdd(append))
        {
            case QueueAnswer.Full:
                _metrics.Refused();
                throw new LighthouseException(
                    ErrorCodes.Overloaded, "More is waiting to be recorded than the disk can take. Nothing was recorded; try again in a moment.",
                    TimeSpan.FromSeconds(1));
            case QueueAnswer.Closed:
                throw Closed();
        }

        // A caller that gives up leaves; its events stay in the queue and are recorded.
        return cancellationToken.CanBeCanceled ? await append.Done.WaitAsync(cancellationToken) : await append.Done;
    }

    public async ValueTask<IReadOnlyList<StoredEvent>> ReadAsync(EventQuery query, CancellationToken cancellationToken)
    {
        var bounded = query with { Limit = Math.Clamp(query.Limit, 1, 10_000) };
        return await Open().Readers.UseAsync(reader => reader.Read(bounded), cancellationToken);
    }

    public async ValueTask<IReadOnlyList<StoredEvent>> ReadStreamAsync(string stream, CancellationToken cancellationToken) =>
        await Open().Readers.UseAsync(reader => reader.ReadStream(stream), cancellationToken);

    public Task<VerifyReport> VerifyAsync(IProgress<long>? progress, CancellationToken cancellationToken) =>
        Open().VerifyAsync(progress, cancellationToken);

    Task IHeadSignal.WaitAsync(long after, CancellationToken cancellationToken) => Open().Head.WaitAsync(after, cancellationToken);

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        Open();
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.VerifyAtStart)
        {
            Open().VerifyInBackground();
        }

        return Task.CompletedTask;
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => DisposeAsync().AsTask();

    public async ValueTask DisposeAsync()
    {
        OpenLog? open;
        lock (_opening)
        {
            _closed = true;
            open = _open;
        }

        if (open is not null)
        {
            await open.DisposeAsync();
        }
    }

    private static LighthouseException Closed() =>
        new(ErrorCodes.StorageUnavailable, "Lighthouse is shutting down. Nothing was recorded.", TimeSpan.FromSeconds(5));

    private static long Measure(IReadOnlyList<NewEvent> events)
    {
        ArgumentOutOfRangeException.ThrowIfZero(events.Count);
        var bytes = 0L;
        foreach (var one in events)
        {
            // Unpaired surrogates would store another name than the one asked for: the strict encoding refuses them here.
            var names = Name(one.Stream) + Name(one.Type) + Name(one.Actor);
            ArgumentOutOfRangeException.ThrowIfZero(one.Payload.Length);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(one.Payload.Length, MaxPayloadBytes);
            bytes += names + one.Payload.Length;
        }

        return bytes;
    }

    private static int Name(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        var bytes = Strict.GetByteCount(text);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes, MaxNameBytes);
        return bytes;
    }

    private OpenLog Open()
    {
        if (_open is { } open)
        {
            return open;
        }

        lock (_opening)
        {
            if (_closed)
            {
                throw Closed();
            }

            // The folds are looked up here, not injected: most of them append too, and so depend on this store.
            return _open ??= OpenLog.Start(new DataFiles(lighthouse.Value.DataDirectory), options.Value, services, _metrics, time, log);
        }
    }
}
