using Lighthouse.Engine.Validation.Contracts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Lighthouse.Engine.Validation.Coherence;

internal static class CoherenceServiceCollectionExtensions
{
    public static IServiceCollection AddCoherence(this IServiceCollection services)
    {
        services.TryAddSingleton<IEpochs, LocalEpochs>();
        return services;
    }
}
