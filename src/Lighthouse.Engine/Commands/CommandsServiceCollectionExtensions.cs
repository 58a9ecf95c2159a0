using Lighthouse.Engine.Commands.Contracts;
using Lighthouse.Engine.Commands.Programs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Lighthouse.Engine.Commands;

internal static class CommandsServiceCollectionExtensions
{
    public static IServiceCollection AddCommands(this IServiceCollection services)
    {
        services.AddPrograms();
        services.TryAddSingleton<CommandAnalyser>();
        services.TryAddSingleton<ICommandAnalyser>(static provider => provider.GetRequiredService<CommandAnalyser>());
        services.TryAddSingleton<ICommandExplainer>(static provider => provider.GetRequiredService<CommandAnalyser>());
        return services;
    }
}
