using Lighthouse.Engine.Scoring.Contracts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Lighthouse.Engine.Scoring;

internal static class ScoringServiceCollectionExtensions
{
    /// <summary>Needs a command analyser and the profiles in the container.</summary>
    public static IServiceCollection AddScoring(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ICommandScorer, CommandScorer>();
        services.TryAddSingleton<OwnScore>();
        services.TryAddSingleton<IBuildScore>(static provider => provider.GetRequiredService<OwnScore>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, OwnScore>(static provider => provider.GetRequiredService<OwnScore>()));
        return services;
    }
}
