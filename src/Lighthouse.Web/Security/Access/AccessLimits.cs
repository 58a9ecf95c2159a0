using System.Threading.RateLimiting;
using Lighthouse.Contracts;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Engine.RateLimiting;
using Lighthouse.Engine.Telemetry.Contracts;
using Microsoft.Extensions.Options;

namespace Lighthouse.Web.Security.Access;

/// <summary>
/// How often a caller may use whatever is not a decision, and how many of its calls may wait for an answer at a time. Apart from the bucket
/// that deciding has in the engine: an agent that polls too much must not lose its decisions by it.
/// </summary>
internal sealed class AccessLimits : IDisposable
{
    /// <summary>Streams of live figures that one key may have at a time: a wall of screens, not a leak of connections.</summary>
    public const int MostStreams = 16;

    private static readonly TimeSpan ShortestPeriod = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan ComeBack = TimeSpan.FromSeconds(1);

    private readonly PartitionedRateLimiter<Caller> _calls;
    private readonly PartitionedRateLimiter<Caller> _waits;
    private readonly PartitionedRateLimiter<Caller> _streams;
    private readonly IComponentRecorder _recorder;
    private readonly TimeProvider _time;
    private readonly int _mostWaits;

    public AccessLimits(IOptions<RateLimitingOptions> options, ITelemetry telemetry, TimeProvider time)
    {
        var settings = options.Value;
        _recorder = telemetry.Component(ComponentNames.RateLimiter);
        _time = time;
        _mostWaits = settings.WaitsPerCaller;
        _calls = PartitionedRateLimiter.Create<Caller, string>(caller => RateLimitPartition.GetTokenBucketLimiter(KeyOf(caller), _ => Bucket(settings, caller)));
        _waits = PartitionedRateLimiter.Create<Caller, string>(caller => RateLimitPartition.GetConcurrencyLimiter(
            KeyOf(caller), _ => new ConcurrencyLimiterOptions { PermitLimit = _mostWaits, QueueLimit = 0 }));
        _streams = PartitionedRateLimiter.Create<Caller, string>(static caller => RateLimitPartition.GetConcurrencyLimiter(
            KeyOf(caller), static _ => new ConcurrencyLimiterOptions { PermitLimit = MostStreams, QueueLimit = 0 }));
    }

    /// <exception cref="LighthouseException"><c>rate_limited</c>.</exception>
    public void Call(Caller caller)
    {
        var started = _time.GetTimestamp();
        using var lease = _calls.AttemptAcquire(caller);
        _recorder.Record(_time.GetTimestamp() - started);
        if (!lease.IsAcquired)
        {
            var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var told) && told > ComeBack ? told : ComeBack;
            throw new LighthouseException(ErrorCodes.RateLimited, $"Too many requests; try again in {Math.Ceiling(wait.TotalSeconds):0} s.", wait);
        }
    }

    /// <returns>The place to keep while the call waits; null when the caller has as many waiting as it may.</returns>
    public IDisposable? TryWait(Caller caller)
    {
        var lease = _waits.AttemptAcquire(caller);
        if (lease.IsAcquired)
        {
            return lease;
        }

        lease.Dispose();
        return null;
    }

    /// <exception cref="LighthouseException"><c>rate_limited</c>.</exception>
    public IDisposable Wait(Caller caller) =>
        TryWait(caller) ?? throw new LighthouseException(ErrorCodes.RateLimited, $"{_mostWaits} calls of this caller wait already; end one, or ask without waiting.", ComeBack);

    /// <returns>The place to keep while live figures are streamed.</returns>
    /// <exception cref="LighthouseException"><c>rate_limited</c>.</exception>
    public IDisposable Stream(Caller caller)
    {
        var lease = _streams.AttemptAcquire(caller);
        if (lease.IsAcquired)
        {
            return lease;
        }

        lease.Dispose();
        throw new LighthouseException(ErrorCodes.RateLimited, $"{MostStreams} streams of this key run already; end one.", ComeBack);
    }

    public void Dispose()
    {
        _streams.Dispose();
        _calls.Dispose();
        _waits.Dispose();
    }

    // By agent, not by key: a second key of the same agent buys nothing.
    private static string KeyOf(Caller caller) => caller.Agent?.Id ?? caller.Id;

    private static TokenBucketRateLimiterOptions Bucket(RateLimitingOptions settings, Caller caller)
    {
        var (perMinute, burst) = caller switch
        {
            { Agent: not null } => (settings.PerAgentPerMinute, settings.Burst),
            _ when caller.Is(Roles.Operator) => (settings.PerOperatorPerMinute, null),
            _ => (settings.PerExpertPerMinute, null),
        };
        var period = TimeSpan.FromMinutes(1.0 / perMinute) is var each && each > ShortestPeriod ? each : ShortestPeriod;
        return new TokenBucketRateLimiterOptions
        {
            TokenLimit = burst ?? Math.Min(perMinute, Math.Max(100, perMinute / 6)),
            ReplenishmentPeriod = period,
            TokensPerPeriod = (int)Math.Max(1, Math.Round(perMinute * period.TotalMinutes)),
            QueueLimit = 0,
            AutoReplenishment = true,
        };
    }
}

/// <summary>Counts a call of a route that has no limit of its own.</summary>
internal sealed class AccessFilter(AccessLimits limits) : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        limits.Call(context.HttpContext.GetCaller());
        return next(context);
    }
}
