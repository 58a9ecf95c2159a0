using Lighthouse.Engine.Scoring.Contracts;
using Lighthouse.Engine.Validation.Policies;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Lighthouse.Engine.Scoring;

internal static class ScoringServiceCollectionExtensions
{
    /// <summary>Needs a command analyser in the container.</summary>
    public static IServiceCollection AddScoring(this IServiceCollection services)
    {
        services.AddPolicies();
        services.TryAddSingleton<ICommandScorer, CommandScorer>();
        return services;
    }
}
