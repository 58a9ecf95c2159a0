using Lighthouse.Engine.Identity.Contracts;
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
    public void Address_AfterTenFailures_IsRefusedUntilOneIsEarnedBack()
    {
        Granted("10.0.0.1", 100).ShouldBe(10);
        _throttle.TryAttempt(GuessedSecret.Password, "10.0.0.1", out var retryAfter).ShouldBeFalse();
        retryAfter.ShouldBe(TimeSpan.FromSeconds(6));
        Granted("10.0.0.2", 1).ShouldBe(1);
        _time.Advance(retryAfter);
        Granted("10.0.0.1", 5).ShouldBe(1);
    }

    [Fact]
    public void Attempt_ThatWasRight_IsNotCounted()
    {
        for (var i = 0; i < 100; i++)
        {
            _throttle.TryAttempt(GuessedSecret.Password, "10.0.0.1", out _).ShouldBeTrue();
            _throttle.Succeeded(GuessedSecret.Password, "10.0.0.1");
        }

        Granted("10.0.0.1", 100).ShouldBe(10);
    }

    /// <summary>A program with a wrong key locked the humans of its host out of the sign-in page.</summary>
    [Fact]
    public void Kinds_AreCountedApart()
    {
        foreach (var secret in Enum.GetValues<GuessedSecret>())
        {
            Granted("10.0.0.1", 100, secret).ShouldBe(10);
        }
    }

    [Fact]
    public void Attempts_SideBySide_GetNoFurtherThanInTurn()
    {
        var granted = 0;
        Parallel.For(0, 100, _ =>
        {
            if (_throttle.TryAttempt(GuessedSecret.Password, "10.0.0.1", out var _))
            {
                Interlocked.Increment(ref granted);
            }
        });

        granted.ShouldBe(10);
    }

    [Theory]
    [InlineData("10.0.0.1", "::ffff:10.0.0.1", true)]
    [InlineData("2001:db8::1", "2001:db8::ffff", true)]
    [InlineData("2001:db8::1", "2001:db8:0:1::1", false)]
    [InlineData(null, "not an address", true)]
    public void Addresses_OfOneHost_CountTogether(string? failing, string asking, bool together)
    {
        Granted(failing, 10);
        Granted(asking, 1).ShouldBe(together ? 0 : 1);
    }

    private int Granted(string? address, int times, GuessedSecret secret = GuessedSecret.Password) =>
        Enumerable.Range(0, times).Count(_ => _throttle.TryAttempt(secret, address, out TimeSpan _));
}
