using Lighthouse.Engine.Commands.Mcp;
using Lighthouse.Engine.EventStore;
using Lighthouse.Engine.Experts;
using Lighthouse.Engine.Platform;
using Lighthouse.Engine.RateLimiting;
using Lighthouse.Engine.Validation;
using Lighthouse.Engine.Validation.Policies.Sets;
using Lighthouse.Engine.Validation.Redis;
using Lighthouse.Engine.Validation.Tiers.Memory;
using Lighthouse.Web.Api.Hooks;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Lighthouse.Web;

/// <summary>What the composition root does beside listing the parts.</summary>
internal static class HostExtensions
{
    private const string DefaultUrl = "http://localhost:5080";

    public static void UseLighthouseDefaults(this WebApplicationBuilder builder)
    {
        builder.WebHost.UseStaticWebAssets();
        // `--urls` and ASPNETCORE_URLS win; without either the contract's address is used instead of the framework's.
        if (string.IsNullOrEmpty(builder.Configuration[WebHostDefaults.ServerUrlsKey]) && string.IsNullOrEmpty(builder.Configuration["Kestrel:Endpoints:Http:Url"]))
        {
            builder.WebHost.UseUrls(DefaultUrl);
        }
    }

    public static void BindLighthouseOptions(this WebApplicationBuilder builder)
    {
        var section = builder.Configuration.GetSection(LighthouseOptions.Section);
        // Whoever sets it counts on a shared store: running without it in silence would be worse than not starting.
        if (!string.IsNullOrEmpty(section["Storage:Postgres"]))
        {
            throw new InvalidOperationException($"{LighthouseOptions.Section}:Storage:Postgres is set, but this version keeps its log in one SQLite file. Remove the setting.");
        }

        builder.Services.Configure<LighthouseOptions>(section);
        builder.Services.Configure<EventStoreOptions>(section.GetSection("EventStore"));
        builder.Services.Configure<WorkspaceOptions>(section.GetSection("Workspace"));
        builder.Services.Configure<ExpertsOptions>(section.GetSection("Experts"));
        builder.Services.Configure<RateLimitingOptions>(section.GetSection("RateLimiting"));
        builder.Services.Configure<PipelineOptions>(section.GetSection("Pipeline"));
        builder.Services.Configure<McpOptions>(section.GetSection("Mcp"));
        builder.Services.Configure<MemoryTierOptions>(section.GetSection("MemoryTier"));
        builder.Services.Configure<RedisOptions>(section.GetSection("Redis"));
        builder.Services.Configure<PolicyOptions>(section.GetSection("Policies"));
        builder.Services.AddOptions<HooksOptions>().Bind(section.GetSection("Hooks")).ValidateDataAnnotations().ValidateOnStart();
    }

    /// <summary>Once the server listens, the engine learns which addresses no command may touch.</summary>
    public static void TellOwnAddresses(this WebApplication app) =>
        app.Lifetime.ApplicationStarted.Register(() =>
        {
            var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>();
            app.Services.GetRequiredService<OwnAddresses>().Listen(addresses?.Addresses ?? []);
        });
}
