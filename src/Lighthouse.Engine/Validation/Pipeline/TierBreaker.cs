using Lighthouse.Engine.Validation.Contracts;

namespace Lighthouse.Engine.Validation.Pipeline;

/// <summary>
/// Keeps requests from waiting for something that does not answer. Opens after five failures in a row that span at least a quarter of a second, so that no
/// burst of late answers opens it; stays open for 30 s, or until the tier's own health check hears from it again; then one request probes. While it is not
/// closed, only the probe counts: what began earlier and ends late says nothing about now.
/// </summary>
internal sealed class TierBreaker(TimeProvider time)
{
    public const int FailuresToOpen = 5;

    // Shorter than a confirmation lasts: past that a tier of shared answers is not asked at all, and could not fail.
    public static readonly TimeSpan Span = TimeSpan.FromMilliseconds(250);

    /// <summary>Open at least this long, whatever the health check hears.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan OpenFor = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private BreakerState _state;
    private DateTimeOffset? _since;
    private long _openedAt;
    private long _firstFailure;
    private int _failures;
    private long _opened;
    private string? _lastFailure;
    private bool _probing;

    // Written under the lock, read without it: the common answer costs one read.
    private volatile bool _troubled;

    /// <summary>False while open; true for one caller when it is time to probe.</summary>
    /// <param name="probes">To be handed back with the outcome.</param>
    public bool TryEnter(out bool probes)
    {
        probes = false;
        if (!_troubled)
        {
            return true;
        }

        lock (_gate)
        {
            if (_state == BreakerState.Closed)
            {
                return true;
            }

            if (_probing || (_state == BreakerState.Open && time.GetElapsedTime(_openedAt) < OpenFor))
            {
                return false;
            }

            Enter_NeedsLock(BreakerState.HalfOpen);
            return probes = _probing = true;
        }
    }

    public void Succeeded(bool probes)
    {
        if (!_troubled)
        {
            return;
        }

        lock (_gate)
        {
            if (_state != BreakerState.Closed && !probes)
            {
                return;
            }

            (_failures, _probing, _troubled) = (0, false, false);
            if (_state != BreakerState.Closed)
            {
                Enter_NeedsLock(BreakerState.Closed);
            }
        }
    }

    public void Failed(string why, bool probes)
    {
        lock (_gate)
        {
            if (_state != BreakerState.Closed && !probes)
            {
                return;
            }

            _troubled = true;
            _lastFailure = why;
            _firstFailure = _failures++ == 0 ? time.GetTimestamp() : _firstFailure;
            if (probes || (_failures >= FailuresToOpen && time.GetElapsedTime(_firstFailure) >= Span))
            {
                _openedAt = time.GetTimestamp();
                _opened++;
                _probing = false;
                Enter_NeedsLock(BreakerState.Open);
            }
        }
    }

    /// <summary>The probe ended without saying anything about the tier.</summary>
    public void Undecided(bool probes)
    {
        if (!probes)
        {
            return;
        }

        lock (_gate)
        {
            _probing = false;
        }
    }

    /// <summary>The tier's health check was answered: no need to wait out the rest of the 30 s before the probe.</summary>
    public void HeardFrom()
    {
        if (!_troubled)
        {
            return;
        }

        lock (_gate)
        {
            if (_state == BreakerState.Open && time.GetElapsedTime(_openedAt) >= Rest)
            {
                Enter_NeedsLock(BreakerState.HalfOpen);
            }
        }
    }

    public BreakerSnapshot Snapshot()
    {
        lock (_gate)
        {
            return new BreakerSnapshot(_state, _since, _failures, _opened, _lastFailure);
        }
    }

    private void Enter_NeedsLock(BreakerState state)
    {
        if (_state != state)
        {
            (_state, _since) = (state, time.GetUtcNow());
        }
    }
}
