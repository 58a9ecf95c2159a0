using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Engine.RateLimiting.Contracts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Lighthouse.Engine.RateLimiting;

internal static class RateLimitingServiceCollectionExtensions
{
    public static IServiceCollection AddRateLimiting(this IServiceCollection services)
    {
        services.AddOptions<RateLimitingOptions>().ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton<IRequestLimiter, RequestLimiter>();
        services.TryAddSingleton<IAuthenticationThrottle, AuthenticationThrottle>();
        return services;
    }
}
