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
        services.AddOptions<WorkspaceOptions>().Validate(
            static options => Array.TrueForAll(options.Roots, static root => root.StartsWith('/') && root.Trim('/').Length > 0 && !root.Split('/').Any(static part => part is "." or "..")),
            "Lighthouse:Workspace:Roots: each is an absolute path without `..`, and not `/`.").ValidateOnStart();
        services.TryAddSingleton<OwnAddresses>();
        services.TryAddSingleton<WorkspaceLocator>();
        services.TryAddSingleton<ILocalGate, LocalGate>();
        services.TryAddSingleton<IDecisionExplainer, DecisionExplainer>();
        return services;
    }
}
