using Lighthouse.Engine.Commands.Contracts;
using Lighthouse.Engine.Commands.Mcp;
using Lighthouse.Engine.Commands.Programs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Lighthouse.Engine.Commands;

internal static class CommandsServiceCollectionExtensions
{
    public static IServiceCollection AddCommands(this IServiceCollection services)
    {
        services.AddPrograms();
        services.AddOptions<McpOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<McpOptions>, McpOptionsCheck>());
        services.TryAddSingleton(static s => new McpDeclarations(s.GetRequiredService<IOptions<McpOptions>>().Value));
        services.TryAddSingleton<CommandAnalyser>();
        services.TryAddSingleton<ICommandAnalyser>(static provider => provider.GetRequiredService<CommandAnalyser>());
        services.TryAddSingleton<ICommandExplainer>(static provider => provider.GetRequiredService<CommandAnalyser>());
        return services;
    }
}
