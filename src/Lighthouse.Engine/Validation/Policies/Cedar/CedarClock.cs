namespace Lighthouse.Engine.Validation.Policies.Cedar;

/// <summary>
/// Moves the module's epoch while anything is evaluated, so that an evaluation that does not end is stopped. A thread of its own: a
/// starved thread pool must not keep the clock from ticking.
/// </summary>
internal sealed class CedarClock : IDisposable
{
    /// <summary>How exact a timeout is.</summary>
    public static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(5);

    // Idle for this long, the thread goes to sleep; waking it costs more than ticking a little longer.
    private const int IdleTicks = 200;

    private readonly CedarModule _module;
    private readonly AutoResetEvent _wake = new(initialState: false);
    private readonly Thread _thread;
    private int _running;
    private int _asleep;
    private volatile bool _stopped;

    public CedarClock(CedarModule module)
    {
        _module = module;
        _thread = new Thread(Run) { IsBackground = true, Name = "lighthouse-cedar-clock" };
        _thread.Start();
    }

    /// <summary>Ticks after which a call that starts now has had its time; one more, because the current tick is partly over.</summary>
    public static ulong TicksOf(TimeSpan timeout) => (ulong)Math.Ceiling(timeout / Tick) + 1;

    public void Enter()
    {
        Interlocked.Increment(ref _running);
        if (Interlocked.Exchange(ref _asleep, 0) == 1)
        {
            _wake.Set();
        }
    }

    public void Leave() => Interlocked.Decrement(ref _running);

    public void Dispose()
    {
        _stopped = true;
        _wake.Set();
        _thread.Join();
        _wake.Dispose();
    }

    private void Run()
    {
        var idle = IdleTicks;
        while (!_stopped)
        {
            if (idle >= IdleTicks)
            {
                Volatile.Write(ref _asleep, 1);
                // Somebody may have entered just before: then nobody else will wake this thread.
                if (Volatile.Read(ref _running) == 0 || Interlocked.Exchange(ref _asleep, 0) == 0)
                {
                    _wake.WaitOne();
                }

                idle = 0;
                continue;
            }

            _wake.WaitOne(Tick);
            if (_stopped)
            {
                return;
            }

            _module.Engine.IncrementEpoch();
            idle = Volatile.Read(ref _running) == 0 ? idle + 1 : 0;
        }
    }
}
