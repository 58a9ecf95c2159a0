using Lighthouse.Engine.Telemetry.Contracts;
using Lighthouse.Engine.Telemetry.Export;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Lighthouse.Engine.Telemetry;

internal static class TelemetryServiceCollectionExtensions
{
    public static IServiceCollection AddTelemetry(this IServiceCollection services)
    {
        services.TryAddSingleton<LiveFigures>();
        services.TryAddSingleton<ITelemetry>(static provider => provider.GetRequiredService<LiveFigures>());
        services.TryAddSingleton<IFigures>(static provider => provider.GetRequiredService<LiveFigures>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, FrameCloser>());
        services.TryAddSingleton<ProcessMetrics>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, ProcessMetrics>(static provider => provider.GetRequiredService<ProcessMetrics>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IGaugeSource, ProcessMetrics>(static provider => provider.GetRequiredService<ProcessMetrics>()));
        services.TryAddSingleton<IMetricsExport, PrometheusExport>();
        return services;
    }
}
