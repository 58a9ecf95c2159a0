using Lighthouse.Engine.Validation.Contracts;

namespace Lighthouse.Engine.Validation.Pipeline;

/// <summary>
/// Keeps requests from waiting for something that does not answer. Opens after five failures in a row that span at least a second, so that no pause of
/// this process and no burst of late answers opens it; stays open for 30 s, or until the tier's own health check hears from it again; then one request probes.
/// </summary>
internal sealed class TierBreaker(TimeProvider time)
{
    public const int FailuresToOpen = 5;
    public static readonly TimeSpan Span = TimeSpan.FromSeconds(1);
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
    public bool TryEnter()
    {
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
            return _probing = true;
        }
    }

    public void Succeeded()
    {
        if (!_troubled)
        {
            return;
        }

        lock (_gate)
        {
            (_failures, _probing, _troubled) = (0, false, false);
            if (_state != BreakerState.Closed)
            {
                Enter_NeedsLock(BreakerState.Closed);
            }
        }
    }

    public void Failed(string why)
    {
        lock (_gate)
        {
            _troubled = true;
            _lastFailure = why;
            _firstFailure = _failures++ == 0 ? time.GetTimestamp() : _firstFailure;
            if (_state == BreakerState.HalfOpen || (_state == BreakerState.Closed && _failures >= FailuresToOpen && time.GetElapsedTime(_firstFailure) >= Span))
            {
                _openedAt = time.GetTimestamp();
                _opened++;
                _probing = false;
                Enter_NeedsLock(BreakerState.Open);
            }
        }
    }

    /// <summary>The probe ended without saying anything about the tier.</summary>
    public void Undecided()
    {
        if (!_troubled)
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
            if (_state == BreakerState.Open && time.GetElapsedTime(_openedAt) >= Span)
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
