using Lighthouse.Web.Ui;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Lighthouse.Web.Features.Demo;

internal static class DemoExtensions
{
    /// <summary>Registers the demo; it does nothing unless <c>Lighthouse:Demo:Enabled</c> is set, except to end the keys of an earlier one.</summary>
    public static void AddDemo(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<DemoOptions>().Bind(builder.Configuration.GetSection(DemoOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.TryAddSingleton<IDemoState, DemoState>();
        builder.Services.TryAddSingleton<DemoKeys>();
        builder.Services.AddHostedService<DemoTraffic>();
    }
}
