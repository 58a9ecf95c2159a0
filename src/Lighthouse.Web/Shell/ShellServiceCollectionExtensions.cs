using Lighthouse.Web.Features.Agents;
using Lighthouse.Web.Features.Decisions;
using Lighthouse.Web.Features.Escalations;
using Lighthouse.Web.Features.FirstStart;
using Lighthouse.Web.Features.Overview;
using Lighthouse.Web.Features.Policies;
using Lighthouse.Web.Features.SpeedLayer;
using Lighthouse.Web.Live;
using Lighthouse.Web.Ui;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MudBlazor;
using MudBlazor.Services;

namespace Lighthouse.Web.Shell;

public static class ShellServiceCollectionExtensions
{
    /// <summary>Everything one sees. Authentication, authorisation and the engine are registered by others.</summary>
    public static IServiceCollection AddLighthouseUi(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddCascadingAuthenticationState();
        return services.AddUiParts();
    }

    /// <summary>View models and what they need, without a server to render for.</summary>
    internal static IServiceCollection AddUiParts(this IServiceCollection services)
    {
        services.AddMudServices(options =>
        {
            options.SnackbarConfiguration.PositionClass = Defaults.Classes.Position.TopCenter;
            options.SnackbarConfiguration.VisibleStateDuration = 4000;
            options.SnackbarConfiguration.PreventDuplicates = false;
        });
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddScoped<RefreshGate>();
        services.TryAddScoped<ICurrentCaller, CurrentCaller>();
        services.TryAddTransient<OverviewViewModel>();
        services.TryAddTransient<EscalationsViewModel>();
        services.TryAddTransient<DecisionsViewModel>();
        services.TryAddTransient<AgentsViewModel>();
        services.TryAddTransient<FirstStartViewModel>();
        services.TryAddTransient<SpeedViewModel>();
        services.TryAddTransient<InspectorViewModel>();
        services.TryAddTransient<PoliciesViewModel>();
        services.TryAddTransient<BenchViewModel>();
        services.TryAddTransient<DryRunViewModel>();
        return services;
    }

    /// <summary>Pages and static files. Static files answer without sign-in; pages need a signed-in human, unless one says otherwise.</summary>
    public static WebApplication MapLighthouseUi(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode().WithStaticAssets().RequireAuthorization();
        return app;
    }
}
