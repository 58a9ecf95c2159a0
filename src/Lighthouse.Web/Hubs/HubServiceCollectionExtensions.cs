using Lighthouse.Client;
using Lighthouse.Contracts;
using Microsoft.AspNetCore.SignalR;

namespace Lighthouse.Web.Hubs;

internal static class HubServiceCollectionExtensions
{
    /// <summary>How many calls of one connection run at a time; the rest wait in its own queue.</summary>
    private const int ParallelCalls = 64;

    public static IServiceCollection AddAgentHub(this IServiceCollection services)
    {
        services.AddSingleton<AgentConnections>();
        services.AddHostedService(s => s.GetRequiredService<AgentConnections>());
        services.AddSignalR()
            .AddHubOptions<AgentHub>(options =>
            {
                options.MaximumReceiveMessageSize = Limits.MessageBytes;
                options.MaximumParallelInvocationsPerClient = ParallelCalls;
                options.AddFilter<RefusalFilter>();
            })
            .AddHubOptions<OperationsHub>(static options => options.AddFilter<RefusalFilter>())
            .AddJsonProtocol(options => LighthouseJson.Apply(options.PayloadSerializerOptions))
            .AddMessagePackProtocol(options => options.SerializerOptions = MessagePackDialect.Options);
        return services;
    }
}
