using Lighthouse.Engine.Platform;
using Lighthouse.Engine.Validation.Contracts;
using Lighthouse.Engine.Validation.Pipeline;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Lighthouse.Engine.Validation.Policies;

internal static class PoliciesServiceCollectionExtensions
{
    public static IServiceCollection AddPolicies(this IServiceCollection services)
    {
        services.TryAddSingleton(_ => new ProfileCatalog());
        services.TryAddSingleton<IProfiles>(static provider => provider.GetRequiredService<ProfileCatalog>());
        services.AddOptions<WorkspaceOptions>();
        services.TryAddSingleton<OwnAddresses>();
        services.TryAddSingleton<WorkspaceLocator>();
        services.TryAddSingleton<ILocalGate, LocalGate>();
        return services;
    }
}
