using Lighthouse.Engine.Commands;
using Lighthouse.Engine.EventStore;
using Lighthouse.Engine.Experts;
using Lighthouse.Engine.Identity;
using Lighthouse.Engine.Platform;
using Lighthouse.Engine.RateLimiting;
using Lighthouse.Engine.Scoring;
using Lighthouse.Engine.Telemetry;
using Lighthouse.Engine.Validation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Lighthouse.Engine;

public static class EngineServiceCollectionExtensions
{
    /// <summary>The whole engine: the list of its features and nothing else.</summary>
    public static IServiceCollection AddLighthouseEngine(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IChangeSignal, ChangeSignal>();
        services.TryAddSingleton<OwnAddresses>();
        services.AddTelemetry();
        services.AddEventStore();
        services.AddAgentIdentity();
        services.AddRateLimiting();
        services.AddCommands();
        services.AddExperts();
        services.AddValidation();
        services.AddScoring();
        return services;
    }
}
