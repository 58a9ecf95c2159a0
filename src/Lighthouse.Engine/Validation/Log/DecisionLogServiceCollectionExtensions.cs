using Lighthouse.Engine.Platform;
using Lighthouse.Engine.Validation.Contracts;
using Lighthouse.Engine.Validation.Log.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Lighthouse.Engine.Validation.Log;

internal static class DecisionLogServiceCollectionExtensions
{
    public static IServiceCollection AddDecisionLog(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => new DecisionViews(
            Path.Combine(provider.GetRequiredService<IOptions<LighthouseOptions>>().Value.DataDirectory, "views.db")));
        services.TryAddSingleton<DecisionProjection>();
        services.TryAddSingleton<IDecisionLog, DecisionLog>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, DecisionProjection>(
            provider => provider.GetRequiredService<DecisionProjection>()));
        return services;
    }
}
