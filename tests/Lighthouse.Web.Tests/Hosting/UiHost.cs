using System.Security.Claims;
using System.Text.Encodings.Web;
using Lighthouse.Engine;
using Lighthouse.Web.Shell;
using Lighthouse.Web.Tests.Fakes;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Lighthouse.Web.Tests.Hosting;

/// <summary>The pages over a fake engine, on a real port: for whatever needs a browser or the static files.</summary>
internal sealed class UiHost(WebApplication app) : IAsyncDisposable
{
    /// <summary>The strictest policy under which every page works.</summary>
    public const string Policy = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    public Uri Address { get; } = new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public IServiceProvider Services => app.Services;

    public static async Task<UiHost> StartAsync(FakeTower tower, string[]? roles = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(App).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = "Production",
        });
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddLighthouseEngine();
        builder.Services.AddLighthouseUi();
        tower.AddTo(builder.Services);
        builder.Services.AddSingleton(new SignedIn(roles ?? ["admin"]));
        builder.Services.AddAuthentication("test").AddScheme<AuthenticationSchemeOptions, SignedInHandler>("test", null);
        builder.Services.AddAuthorization();
        var app = builder.Build();
        app.Use((context, next) =>
        {
            context.Response.Headers.ContentSecurityPolicy = Policy;
            return next(context);
        });
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.MapLighthouseUi();
        await app.StartAsync();
        return new UiHost(app);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private sealed record SignedIn(string[] Roles);

    private sealed class SignedInHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory log, UrlEncoder encoder, SignedIn who)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, log, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            var identity = new ClaimsIdentity(
                [new(ClaimTypes.NameIdentifier, "u-kim"), new(ClaimTypes.Name, "kim"), .. who.Roles.Select(role => new Claim(ClaimTypes.Role, role))], Scheme.Name);
            return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name)));
        }
    }
}
