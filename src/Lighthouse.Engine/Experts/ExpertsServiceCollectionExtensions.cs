using Lighthouse.Engine.EventStore.Contracts;
using Lighthouse.Engine.Experts.Contracts;
using Lighthouse.Engine.Telemetry.Contracts;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Lighthouse.Engine.Experts;

internal static class ExpertsServiceCollectionExtensions
{
    public static IServiceCollection AddExperts(this IServiceCollection services)
    {
        services.AddOptions<ExpertsOptions>().ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton<EscalationBook>();
        services.TryAddSingleton<GrantBook>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IEventFold, EscalationBook>(s => s.GetRequiredService<EscalationBook>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IEventFold, GrantBook>(s => s.GetRequiredService<GrantBook>()));
        services.TryAddSingleton<EscalationVerdicts>();
        services.TryAddSingleton<VotingRules>();
        services.TryAddSingleton<IEscalationDesk, EscalationDesk>();
        services.TryAddSingleton<IEscalationInbox, EscalationInbox>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, EscalationClock>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IGaugeSource, ExpertsGauges>());
        return services;
    }
}
