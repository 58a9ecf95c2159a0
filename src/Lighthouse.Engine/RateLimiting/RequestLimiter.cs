using Lighthouse.Contracts;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Engine.RateLimiting.Contracts;
using Lighthouse.Engine.Telemetry.Contracts;
using Microsoft.Extensions.Options;

namespace Lighthouse.Engine.RateLimiting;

/// <summary>Each agent, expert and operator has a bucket; all agents together may share one more.</summary>
internal sealed class RequestLimiter : IRequestLimiter
{
    private const int MostCallers = 10_000;
    private const string Everybody = "";

    private readonly TimeProvider _time;
    private readonly IComponentRecorder _recorder;
    private readonly KeyedBuckets _agents;
    private readonly KeyedBuckets _experts;
    private readonly KeyedBuckets _operators;
    private readonly KeyedBuckets? _global;

    public RequestLimiter(IOptions<RateLimitingOptions> options, TimeProvider time, ITelemetry telemetry)
    {
        var settings = options.Value;
        _time = time;
        _recorder = telemetry.Component(ComponentNames.RateLimiter);
        _agents = new KeyedBuckets(RateLimit.Of(settings.PerAgentPerMinute, settings.Burst), MostCallers, time);
        _experts = new KeyedBuckets(RateLimit.Of(settings.PerExpertPerMinute), MostCallers, time);
        _operators = new KeyedBuckets(RateLimit.Of(settings.PerOperatorPerMinute), MostCallers, time);
        _global = settings.GlobalPerMinute is { } most ? new KeyedBuckets(RateLimit.Of(most), mostKeys: 1, time) : null;
    }

    public bool TryAcquire(Caller caller, int permits, out TimeSpan retryAfter)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(permits);
        var start = _time.GetTimestamp();
        try
        {
            // The process itself is not limited; a request for nothing is free.
            if (caller.Kind == CallerKind.System || permits == 0)
            {
                retryAfter = TimeSpan.Zero;
                return true;
            }

            var acquired = TryAcquire(caller, permits, start, out var wait);
            retryAfter = acquired ? TimeSpan.Zero : RetryAfter.FromTicks(wait, _time);
            return acquired;
        }
        finally
        {
            _recorder.Record(_time.GetTimestamp() - start);
        }
    }

    private bool TryAcquire(Caller caller, int permits, long now, out long wait)
    {
        var (buckets, key) = BucketsOf(caller);
        RefuseImpossible(permits, buckets.Limit, "this caller");
        if (buckets != _agents || _global is null)
        {
            return buckets.TryTake(key, now, permits, out wait);
        }

        RefuseImpossible(permits, _global.Limit, "all agents together");
        if (!buckets.TryTake(key, now, permits, out wait))
        {
            return false;
        }

        if (_global.TryTake(Everybody, now, permits, out wait))
        {
            return true;
        }

        buckets.Return(key, permits);
        return false;
    }

    private (KeyedBuckets Buckets, string Key) BucketsOf(Caller caller) => caller switch
    {
        // By agent, not by key: a second key of the same agent buys nothing.
        { Agent: { } agent } => (_agents, agent.Id),
        _ when caller.Is(Roles.Operator) => (_operators, caller.Id),
        _ when (caller.Roles & (Roles.Expert | Roles.Viewer)) != 0 => (_experts, caller.Id),
        _ => (_agents, caller.Id),
    };

    private static void RefuseImpossible(int permits, RateLimit limit, string whose)
    {
        if (permits > limit.LargestBatch)
        {
            throw new LighthouseException(
                ErrorCodes.BatchTooLarge,
                $"A batch of {permits} exceeds the {limit.LargestBatch} requests that the limit of {whose} ever grants at once. Nothing was decided. "
                + $"Split the batch, or raise the limits in {RateLimitingOptions.Section}.");
        }
    }
}
