using Lighthouse.Engine.RateLimiting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Lighthouse.Engine.Tests.RateLimiting;

public sealed class RateLimitingRegistrationTests
{
    [Theory]
    [InlineData("PerAgentPerMinute")]
    [InlineData("Burst")]
    [InlineData("GlobalPerMinute")]
    [InlineData("PerExpertPerMinute")]
    [InlineData("PerOperatorPerMinute")]
    [InlineData("FailedAuthenticationsPerMinute")]
    public void Options_OutOfRange_NameTheirKey(string key)
    {
        var property = typeof(RateLimitingOptions).GetProperty(key)!;
        using var services = new ServiceCollection().AddRateLimiting()
            .Configure<RateLimitingOptions>(options => property.SetValue(options, 0)).BuildServiceProvider();
        Should.Throw<OptionsValidationException>(() => services.GetRequiredService<IOptions<RateLimitingOptions>>().Value)
            .Message.ShouldContain("Lighthouse:RateLimiting:" + key);
    }

    [Theory]
    [InlineData(5, 5)]
    [InlineData(100, 100)]
    [InlineData(600, 100)]
    [InlineData(6_000, 1_000)]
    public void Burst_NotConfigured_IsASixthAtLeastHundredAndAtMostAMinute(int perMinute, int burst) =>
        RateLimit.Of(perMinute).Burst.ShouldBe(burst);
}
