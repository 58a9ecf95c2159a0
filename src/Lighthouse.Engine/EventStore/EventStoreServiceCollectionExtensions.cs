using Lighthouse.Engine.EventStore.Contracts;
using Lighthouse.Engine.Telemetry.Contracts;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Lighthouse.Engine.EventStore;

internal static class EventStoreServiceCollectionExtensions
{
    public static IServiceCollection AddEventStore(this IServiceCollection services)
    {
        services.AddOptions<EventStoreOptions>().ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<DurableEventStore>();
        services.TryAddSingleton<IEventStore>(provider => provider.GetRequiredService<DurableEventStore>());
        services.TryAddSingleton<IHeadSignal>(provider => provider.GetRequiredService<DurableEventStore>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, DurableEventStore>(
            provider => provider.GetRequiredService<DurableEventStore>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IGaugeSource, EventStoreGauges>());
        return services;
    }
}
