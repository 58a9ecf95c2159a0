using Lighthouse.Engine.RateLimiting;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Lighthouse.Engine.Tests.RateLimiting;

public sealed class AuthenticationThrottleTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly AuthenticationThrottle _throttle;

    public AuthenticationThrottleTests() => _throttle = new AuthenticationThrottle(Options.Create(new RateLimitingOptions()), _time);

    [Fact]
    public void Address_AfterTenFailures_IsBlockedUntilOneIsEarnedBack()
    {
        Fail("10.0.0.1", 9);
        Blocked("10.0.0.1").ShouldBeFalse();
        Fail("10.0.0.1", 100);
        _throttle.IsBlocked("10.0.0.1", out var retryAfter).ShouldBeTrue();
        retryAfter.ShouldBe(TimeSpan.FromSeconds(6));
        Blocked("10.0.0.2").ShouldBeFalse();
        _time.Advance(retryAfter);
        Blocked("10.0.0.1").ShouldBeFalse();
        Fail("10.0.0.1", 1);
        Blocked("10.0.0.1").ShouldBeTrue();
    }

    [Theory]
    [InlineData("10.0.0.1", "::ffff:10.0.0.1", true)]
    [InlineData("2001:db8::1", "2001:db8::ffff", true)]
    [InlineData("2001:db8::1", "2001:db8:0:1::1", false)]
    [InlineData(null, "not an address", true)]
    public void Addresses_OfOneHost_CountTogether(string? failing, string asking, bool together)
    {
        Fail(failing, 10);
        Blocked(asking).ShouldBe(together);
    }

    private void Fail(string? address, int times)
    {
        for (var i = 0; i < times; i++)
        {
            _throttle.Failed(address);
        }
    }

    private bool Blocked(string address) => _throttle.IsBlocked(address, out _);
}
