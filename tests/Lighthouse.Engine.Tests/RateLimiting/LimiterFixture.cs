using Lighthouse.Contracts;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Engine.RateLimiting;
using Lighthouse.Engine.Telemetry.Contracts;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Lighthouse.Engine.Tests.RateLimiting;

internal sealed class LimiterFixture : ITelemetry, IComponentRecorder
{
    public LimiterFixture(RateLimitingOptions? options = null) => Limiter = new RequestLimiter(Options.Create(options ?? new RateLimitingOptions()), Time, this);

    public FakeTimeProvider Time { get; } = new();
    public RequestLimiter Limiter { get; }
    public int Recorded { get; private set; }

    public static Caller Agent(string id, string? key = null) =>
        new(key ?? "key-" + id, CallerKind.Key, Roles.Agent, id, "admin", new AgentIdentity(id, id, "admin", "guarded", []));

    public static Caller Human(Roles roles) => new("user", CallerKind.Human, roles, "user", null, null);

    public bool Try(Caller caller, int permits = 1) => Limiter.TryAcquire(caller, permits, out _);

    public TimeSpan RetryAfter(Caller caller, int permits = 1)
    {
        Limiter.TryAcquire(caller, permits, out var retryAfter).ShouldBeFalse();
        return retryAfter;
    }

    public int Passed(Caller caller, int tries) => Enumerable.Range(0, tries).Count(_ => Try(caller));

    public void Seconds(double seconds) => Time.Advance(TimeSpan.FromSeconds(seconds));

    IComponentRecorder ITelemetry.Component(string component)
    {
        component.ShouldBe(ComponentNames.RateLimiter);
        return this;
    }

    ITierRecorder ITelemetry.Tier(string tier) => throw new InvalidOperationException("No tier is measured here.");

    void ITelemetry.Decided(long elapsed, Verdict verdict) => throw new InvalidOperationException("No verdict is given here.");

    void IComponentRecorder.Record(long elapsed, bool error) => Recorded++;
}
