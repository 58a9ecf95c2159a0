using System.Threading.Channels;
using Lighthouse.Engine.Platform;

namespace Lighthouse.Web.Live;

/// <summary>
/// Turns any number of "something changed" signals into at most four re-reads a second, one after the other. One per circuit.
/// </summary>
public sealed class RefreshGate : IAsyncDisposable
{
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly TimeProvider _time;
    private readonly ILogger<RefreshGate> _log;
    private readonly IReadOnlyList<IDisposable> _subscriptions;
    private Listener[] _listeners = [];
    private int _pending;
    private int _missed;
    private Task? _pump;

    public RefreshGate(IChangeSignal signal, TimeProvider time, ILogger<RefreshGate> log)
    {
        _time = time;
        _log = log;
        // A signal carries no content, not even its topic: one subscription each tells them apart.
        _subscriptions = [.. Enum.GetValues<ChangeTopic>()
            .Where(topic => topic != ChangeTopic.None)
            .Select(topic => signal.Subscribe(topic, () => Mark(topic)))];
    }

    /// <summary>Since when the page stands still; null while it is live.</summary>
    public DateTimeOffset? PausedSince { get; private set; }

    /// <summary>Raised on pause and resume, on the caller's thread.</summary>
    public event Action? StateChanged;

    /// <param name="refresh">Re-reads what is shown. Runs on the pump, never twice at once.</param>
    /// <param name="always">True for what must stay current during a pause: the badge, the emergency stop.</param>
    public IDisposable Listen(ChangeTopic topics, Func<Task> refresh, bool always = false)
    {
        var listener = new Listener(this, topics, refresh, always);
        lock (_lock)
        {
            _listeners = [.. _listeners, listener];
            _pump ??= Task.Run(PumpAsync);
        }

        return listener;
    }

    public void Pause()
    {
        PausedSince ??= _time.GetUtcNow();
        StateChanged?.Invoke();
    }

    public void Resume()
    {
        PausedSince = null;
        Mark((ChangeTopic)Interlocked.Exchange(ref _missed, 0));
        StateChanged?.Invoke();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var subscription in _subscriptions)
        {
            subscription.Dispose();
        }

        await _stop.CancelAsync();
        if (_pump is not null)
        {
            await _pump;
        }

        _stop.Dispose();
    }

    private void Mark(ChangeTopic topics)
    {
        Interlocked.Or(ref _pending, (int)topics);
        _wake.Writer.TryWrite(true);
    }

    private async Task PumpAsync()
    {
        try
        {
            while (await _wake.Reader.WaitToReadAsync(_stop.Token))
            {
                _wake.Reader.TryRead(out _);
                await PassAsync((ChangeTopic)Interlocked.Exchange(ref _pending, 0));
                await Task.Delay(Interval, _time, _stop.Token);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
        }
    }

    private async Task PassAsync(ChangeTopic topics)
    {
        var paused = PausedSince is not null;
        if (paused)
        {
            Interlocked.Or(ref _missed, (int)topics);
        }

        foreach (var listener in _listeners)
        {
            if ((listener.Topics & topics) == 0 || (paused && !listener.Always))
            {
                continue;
            }

            try
            {
                await listener.Refresh();
            }
            catch (ObjectDisposedException)
            {
                // The page went away between the signal and the pass.
            }
            catch (Exception exception)
            {
                _log.PageNotRefreshed(exception);
            }
        }
    }

    private sealed class Listener(RefreshGate gate, ChangeTopic topics, Func<Task> refresh, bool always) : IDisposable
    {
        public ChangeTopic Topics { get; } = topics;
        public Func<Task> Refresh { get; } = refresh;
        public bool Always { get; } = always;

        public void Dispose()
        {
            lock (gate._lock)
            {
                gate._listeners = [.. gate._listeners.Where(one => one != this)];
            }
        }
    }
}
