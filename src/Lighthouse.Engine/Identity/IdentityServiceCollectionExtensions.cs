using Lighthouse.Engine.EventStore.Contracts;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Engine.Telemetry.Contracts;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.DependencyInjection;

namespace Lighthouse.Engine.Identity;

internal static class IdentityServiceCollectionExtensions
{
    public static IServiceCollection AddAgentIdentity(this IServiceCollection services)
    {
        services.TryAddSingleton<AgentRegistry>();
        services.TryAddSingleton<EmergencyStopRegistry>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IEventFold, AgentRegistry>(static s => s.GetRequiredService<AgentRegistry>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IEventFold, EmergencyStopRegistry>(static s => s.GetRequiredService<EmergencyStopRegistry>()));
        services.TryAddSingleton<ICredentials>(static s => s.GetRequiredService<AgentRegistry>());
        services.TryAddSingleton<IAgentDirectory, AgentDirectory>();
        services.TryAddSingleton<IEmergencyStop, EmergencyStop>();
        services.TryAddSingleton<IAgentPresence, AgentPresence>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IGaugeSource, IdentityGauges>());
        return services;
    }
}
