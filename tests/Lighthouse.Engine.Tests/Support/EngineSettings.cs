using Lighthouse.Engine.RateLimiting;
using Microsoft.Extensions.DependencyInjection;

namespace Lighthouse.Engine.Tests.Support;

internal static class EngineSettings
{
    public static void NoLimits(IServiceCollection services) => services.Configure<RateLimitingOptions>(o => o.PerAgentPerMinute = 1_000_000);
}
