using Lighthouse.Engine.EventStore.Contracts;
using Lighthouse.Engine.Platform;
using Lighthouse.Engine.Validation.Contracts;
using Lighthouse.Engine.Validation.Pipeline;
using Lighthouse.Engine.Validation.Policies.Cedar;
using Lighthouse.Engine.Validation.Policies.Sets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Lighthouse.Engine.Validation.Policies;

internal static class PoliciesServiceCollectionExtensions
{
    public static IServiceCollection AddPolicies(this IServiceCollection services)
    {
        services.TryAddSingleton(_ => new ProfileCatalog());
        services.TryAddSingleton<IProfiles>(static provider => provider.GetRequiredService<ProfileCatalog>());
        services.AddOptions<WorkspaceOptions>().Validate(
            static options => Array.TrueForAll(options.Roots, static root => root.StartsWith('/') && root.Trim('/').Length > 0 && !root.Split('/').Any(static part => part is "." or "..")),
            "Lighthouse:Workspace:Roots: each is an absolute path without `..`, and not `/`.").Validate(
            static options => Array.TrueForAll(options.Protected, static path => path.StartsWith('/') && path.Trim('/').Length > 0 && !path.Split('/').Any(static part => part is "." or "..")),
            "Lighthouse:Workspace:Protected: each is an absolute path without `..`, and not `/`.").ValidateOnStart();
        services.TryAddSingleton<OwnAddresses>();
        services.TryAddSingleton<WorkspaceLocator>();
        services.TryAddSingleton<ILocalGate, LocalGate>();
        services.TryAddSingleton<IDecisionExplainer, DecisionExplainer>();
        return services.AddPolicySets();
    }

    private static IServiceCollection AddPolicySets(this IServiceCollection services)
    {
        services.AddOptions<PolicyOptions>().ValidateDataAnnotations().Validate(
            static options => TimeZoneInfo.TryFindSystemTimeZoneById(options.TimeZone, out _),
            PolicyOptions.Section + ":TimeZone is not a time zone of this system: use an IANA name such as Europe/Berlin.").ValidateOnStart();
        services.TryAddSingleton<ModuleCache>();
        services.TryAddSingleton<CedarModule>();
        services.TryAddSingleton<CedarPool>();
        services.TryAddSingleton<PolicyBook>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IEventFold, PolicyBook>(static provider => provider.GetRequiredService<PolicyBook>()));
        services.TryAddSingleton<PolicyJudge>();
        services.TryAddSingleton<Rehearsal>();
        services.TryAddSingleton<PolicyBench>();
        services.TryAddSingleton<PolicyChecks>();
        services.TryAddSingleton<PolicyDryRun>();
        services.TryAddSingleton<PolicySets>();
        services.TryAddSingleton<IPolicySets>(static provider => provider.GetRequiredService<PolicySets>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, PolicyWarmUp>());
        return services;
    }
}
