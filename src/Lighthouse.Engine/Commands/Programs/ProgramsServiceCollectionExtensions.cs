using Lighthouse.Engine.Commands.Effects;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Lighthouse.Engine.Commands.Programs;

internal static class ProgramsServiceCollectionExtensions
{
    public static IServiceCollection AddPrograms(this IServiceCollection services)
    {
        services.TryAddSingleton<IPathPlaces, PathPlaces>();
        services.TryAddSingleton<IProgramKnowledge, ProgramKnowledge>();
        return services;
    }
}
