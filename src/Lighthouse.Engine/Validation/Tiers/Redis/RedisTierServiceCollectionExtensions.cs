using Lighthouse.Engine.Validation.Coherence;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Lighthouse.Engine.Validation.Tiers.Redis;

internal static class RedisTierServiceCollectionExtensions
{
    public static IServiceCollection AddRedisTier(this IServiceCollection services)
    {
        services.TryAddSingleton<EntryKeys>();
        services.TryAddSingleton<ValueSeal>();
        services.TryAddSingleton<NegativeFilter>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ISharedRead, NegativeFilter>(static provider => provider.GetRequiredService<NegativeFilter>()));
        services.TryAddSingleton<WriteBehind>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, WriteBehind>(static provider => provider.GetRequiredService<WriteBehind>()));
        return services;
    }
}
