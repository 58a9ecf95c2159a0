using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Lighthouse.Engine.Validation.Tiers.Memory;

internal static class MemoryTierServiceCollectionExtensions
{
    public static IServiceCollection AddMemoryTier(this IServiceCollection services)
    {
        services.AddOptions<MemoryTierOptions>().ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton<IFingerprinter, SeededFingerprinter>();
        services.TryAddSingleton<DecisionCache>();
        services.TryAddSingleton<MemoryTier>();
        return services;
    }
}
