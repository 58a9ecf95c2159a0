using System.Collections.Concurrent;
using Lighthouse.Engine.Validation.Policies.Sets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Lighthouse.Engine.Validation.Policies.Cedar;

/// <summary>
/// Instances of the engine, lent to one caller at a time. There are as many as processors can run at once; who finds none waits, at most
/// as long as an evaluation may take.
/// </summary>
internal sealed class CedarPool(CedarModule module, IOptions<PolicyOptions> options, ILogger<CedarPool> log) : IDisposable
{
    // Past this an instance is not worth keeping: its memory never shrinks.
    private const long WornOutBytes = 96L << 20;

    private readonly int _most = Math.Max(2, Environment.ProcessorCount);
    private readonly ConcurrentStack<CedarSession> _free = new();
    private readonly SemaphoreSlim _permits = new(Math.Max(2, Environment.ProcessorCount));
    private readonly Lazy<CedarClock> _clock = new(() => new CedarClock(module));
    private volatile bool _disposed;

    private TimeSpan Patience => TimeSpan.FromMilliseconds(options.Value.TimeoutMs);

    /// <summary>Runs on an instance that has this policy set parsed.</summary>
    /// <exception cref="CedarException">No instance came free in time, or the call failed.</exception>
    public async ValueTask<T> UseAsync<T>(CompiledPolicySet set, Func<CedarSession, T> use, CancellationToken cancellationToken)
    {
        if (!await _permits.WaitAsync(Patience, cancellationToken))
        {
            throw new CedarException("Every policy engine is busy.") { TimedOut = true };
        }

        CedarSession? session = null;
        try
        {
            session = _free.TryPop(out var free) ? free : NewSession();
            session.Load(set);
            return use(session);
        }
        finally
        {
            if (session is not null)
            {
                TakeBack(session);
            }

            _permits.Release();
        }
    }

    /// <summary>An instance of one's own, for long work that must not take an instance from requests.</summary>
    public CedarSession NewSession()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return new CedarSession(new CedarInstance(module, _clock.Value, options.Value.MemoryLimitBytes), options.Value);
    }

    public void Dispose()
    {
        _disposed = true;
        while (_free.TryPop(out var session))
        {
            session.Dispose();
        }

        if (_clock.IsValueCreated)
        {
            _clock.Value.Dispose();
        }

        _permits.Dispose();
    }

    private void TakeBack(CedarSession session)
    {
        if (session.IsBroken || _disposed || session.MemoryBytes > WornOutBytes || _free.Count >= _most)
        {
            if (session.IsBroken)
            {
                log.InstanceDiscarded();
            }

            session.Dispose();
            return;
        }

        _free.Push(session);
    }
}
