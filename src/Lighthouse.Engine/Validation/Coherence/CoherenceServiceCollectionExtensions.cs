using Lighthouse.Engine.EventStore.Contracts;
using Lighthouse.Engine.Validation.Contracts;
using Lighthouse.Engine.Validation.Redis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Lighthouse.Engine.Validation.Coherence;

internal static class CoherenceServiceCollectionExtensions
{
    public static IServiceCollection AddCoherence(this IServiceCollection services)
    {
        services.TryAddSingleton<EpochJournal>();
        services.TryAddSingleton<LocalEpochs>();
        services.TryAddSingleton<SharedEpochs>();
        services.TryAddSingleton<IEpochs>(static provider => provider.GetRequiredService<IOptions<RedisOptions>>().Value.IsConfigured
            ? provider.GetRequiredService<SharedEpochs>()
            : provider.GetRequiredService<LocalEpochs>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, SharedEpochs>(static provider => provider.GetRequiredService<SharedEpochs>()));
        services.TryAddSingleton<TruthFollower>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, TruthFollower>(static provider => provider.GetRequiredService<TruthFollower>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IEpochFollower, TruthFollower>(static provider => provider.GetRequiredService<TruthFollower>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IEventFold, EpochHerald>());
        return services;
    }
}
