using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Lighthouse.Engine.Validation.Tiers.Pattern;

internal static class PatternTierServiceCollectionExtensions
{
    public static IServiceCollection AddPatternTier(this IServiceCollection services)
    {
        services.TryAddSingleton(static _ => new PatternBook());
        services.TryAddSingleton<PatternOpinion>();
        return services;
    }
}
