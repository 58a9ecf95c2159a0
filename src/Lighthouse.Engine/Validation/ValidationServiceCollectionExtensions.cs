using Lighthouse.Engine.Telemetry.Contracts;
using Lighthouse.Engine.Validation.Coherence;
using Lighthouse.Engine.Validation.Contracts;
using Lighthouse.Engine.Validation.Log;
using Lighthouse.Engine.Validation.Pipeline;
using Lighthouse.Engine.Validation.Policies;
using Lighthouse.Engine.Validation.Redis;
using Lighthouse.Engine.Validation.Tiers.Memory;
using Lighthouse.Engine.Validation.Tiers.Pattern;
using Lighthouse.Engine.Validation.Tiers.Policy;
using Lighthouse.Engine.Validation.Tiers.Redis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Lighthouse.Engine.Validation;

internal static class ValidationServiceCollectionExtensions
{
    public static IServiceCollection AddValidation(this IServiceCollection services)
    {
        services.AddPolicies();
        services.AddRedis();
        services.AddCoherence();
        services.AddMemoryTier();
        services.AddRedisTier();
        services.AddPatternTier();
        services.AddDecisionLog();
        // The order of registration is the order in which tiers are asked.
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ITier, MemoryTier>(static provider => provider.GetRequiredService<MemoryTier>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ITier, RedisTier>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ITier, PolicyTier>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ITier, PatternTier>());
        services.AddOptions<PipelineOptions>().ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton<Room>();
        services.TryAddSingleton<Admission>();
        services.TryAddSingleton<TierWalk>();
        services.TryAddSingleton<Scopes>();
        services.TryAddSingleton<RequestIds>();
        services.TryAddSingleton<WorkspaceLocator>();
        services.TryAddSingleton<DecisionRecorder>();
        services.TryAddSingleton<IValidationEngine, ValidationEngine>();
        services.TryAddSingleton<KeyInspector>();
        services.TryAddSingleton<ISpeedLayer, SpeedLayer>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IGaugeSource, SpeedLayerGauges>());
        return services;
    }
}
