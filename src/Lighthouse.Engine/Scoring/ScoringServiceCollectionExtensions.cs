using Lighthouse.Engine.Scoring.Contracts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Lighthouse.Engine.Scoring;

internal static class ScoringServiceCollectionExtensions
{
    /// <summary>Needs a command analyser and the profiles in the container.</summary>
    public static IServiceCollection AddScoring(this IServiceCollection services)
    {
        services.TryAddSingleton<ICommandScorer, CommandScorer>();
        return services;
    }
}
