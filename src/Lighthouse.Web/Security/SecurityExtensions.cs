using System.Security.Claims;
using Lighthouse.Contracts;
using Lighthouse.Engine.Experts.Contracts;
using Lighthouse.Engine.Platform;
using Lighthouse.Web.Api;
using Lighthouse.Web.Api.Hooks;
using Lighthouse.Web.Security.Http;
using Lighthouse.Web.Security.Bootstrap;
using Lighthouse.Web.Security.Humans;
using Lighthouse.Web.Security.Keys;
using Lighthouse.Web.Security.Access;
using Lighthouse.Web.Ui;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Lighthouse.Web.Security;

internal static class SecurityExtensions
{
    private const string AnyScheme = "key or session";
    public const string SessionCookie = "lighthouse-session";
    public const string FormCookie = "lighthouse-form";

    /// <summary>Everything about who may do what. The engine has to be registered before: its log must be open when the first start writes into it.</summary>
    public static void AddLighthouseSecurity(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<BootstrapOptions>().BindConfiguration(BootstrapOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(new ConsoleNotice(Console.Out));
        services.AddHostedService<FirstStart>();
        AddHumans(services);
        AddSchemes(services);
        services.AddSingleton<IAuthorizationHandler, AccessHandler>();
        services.AddSingleton<AccessLimits>();
        services.AddSingleton<HookHold>();
        services.AddSingleton<MetricsScrape>();
        services.AddAuthorization(options => Policies.Register(options, builder.Configuration.GetValue<bool>("Lighthouse:Metrics:Anonymous")));
        AddTransportRules(builder);
        services.AddExceptionHandler<ApiExceptionHandler>();
        // A wrong body is an exception everywhere, so that it gets its code in one place.
        services.Configure<RouteHandlerOptions>(static options => options.ThrowOnBadRequest = true);
    }

    /// <summary>The order is the protection: what refuses cheapest and for everybody comes first.</summary>
    public static void UseLighthouseSecurity(this WebApplication app)
    {
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<HookGuard>();
        app.UseMiddleware<HostCheck>();
        app.UseExceptionHandler(static pages => pages.Run(static context =>
        {
            context.Response.ContentType = "text/plain; charset=utf-8";
            return context.Response.WriteAsync($"Lighthouse failed on this page (internal). Its log says why under {context.TraceIdentifier}.");
        }));
        if (!app.Environment.IsDevelopment())
        {
            app.UseHsts();
        }

        app.UseMiddleware<OriginCheck>();
        app.UseWhen(static context => KeyAuthentication.IsKeyPath(context.Request.Path), static api => api.UseStatusCodePages(ApiProblems.WriteBareStatusAsync));
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
    }

    private static void AddHumans(IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddDbContextFactory<IdentityDatabase>(IdentityDatabase.Configure);
        services.AddIdentityCore<LighthouseUser>(static options =>
            {
                options.Password = new PasswordOptions
                {
                    RequiredLength = PasswordRules.Shortest, RequireDigit = false, RequireLowercase = false, RequireUppercase = false, RequireNonAlphanumeric = false,
                };
                options.Lockout.MaxFailedAccessAttempts = 5;
                options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(5);
            })
            .AddRoles<IdentityRole>()
            .AddEntityFrameworkStores<IdentityDatabase>()
            .AddPasswordValidator<PasswordRules>()
            .AddSignInManager<LighthouseSessions>();
        services.AddSingleton<HumanChanges>();
        services.AddSingleton<HumanRecords>();
        services.AddSingleton<IReviewerDirectory, ReviewerDirectory>();
        services.AddSingleton<IHumanDirectory, HumanDirectory>();
        services.AddScoped<PasswordAgain>();
        services.AddScoped<HumanSignIn>();
        services.AddScoped<IFreshSignIn, FreshSignIn>();
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.Replace(ServiceDescriptor.Scoped<AuthenticationStateProvider, CircuitSignIn>());
    }

    private static void AddSchemes(IServiceCollection services)
    {
        services.AddAuthentication(AnyScheme)
            .AddPolicyScheme(AnyScheme, displayName: null, static options => options.ForwardDefaultSelector = static context =>
                KeyAuthentication.IsKeyPath(context.Request.Path) ? KeyAuthentication.Scheme : IdentityConstants.ApplicationScheme)
            .AddScheme<AuthenticationSchemeOptions, KeyAuthenticationHandler>(KeyAuthentication.Scheme, displayName: null, configureOptions: null)
            // Never issued; Identity signs out of it whenever it ends a session, and fails where it is not there.
            .AddCookie(IdentityConstants.TwoFactorRememberMeScheme)
            .AddCookie(IdentityConstants.ApplicationScheme, static options =>
            {
                options.Cookie.Name = SessionCookie;
                options.Cookie.HttpOnly = true;
                // Lax, not Strict: a link to an escalation in a chat must open signed in. Nothing is changed by a GET.
                options.Cookie.SameSite = SameSiteMode.Lax;
                options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
                options.ExpireTimeSpan = TimeSpan.FromHours(12);
                options.SlidingExpiration = true;
                options.LoginPath = "/sign-in";
                options.ReturnUrlParameter = "returnUrl";
                options.Events.OnValidatePrincipal = SecurityStampValidator.ValidatePrincipalAsync;
                options.Events.OnRedirectToAccessDenied = static context =>
                {
                    context.Response.StatusCode = StatusCodes.Status403Forbidden;
                    return context.Response.WriteAsync("Your role does not include this page.");
                };
            });
        services.Configure<SecurityStampValidatorOptions>(static options =>
        {
            options.ValidationInterval = TimeSpan.FromSeconds(30);
            options.OnRefreshingPrincipal = static refreshed =>
            {
                // How and when the session began does not change when its roles are read again.
                var kept = refreshed.CurrentPrincipal!.FindAll(static claim => claim.Type is HumanSignIn.HowClaim or HumanSignIn.SinceClaim);
                ((ClaimsIdentity)refreshed.NewPrincipal!.Identity!).AddClaims(kept);
                return Task.CompletedTask;
            };
        });
    }

    private static void AddTransportRules(WebApplicationBuilder builder)
    {
        var services = builder.Services;
        builder.WebHost.ConfigureKestrel(static options =>
        {
            options.AddServerHeader = false;
            options.Limits.MaxRequestBodySize = Limits.MessageBytes;
            options.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        });
        services.AddSingleton<HostRules>();
        services.AddSingleton<IPostConfigureOptions<HostFilteringOptions>>(static provider => provider.GetRequiredService<HostRules>());
        services.AddAntiforgery(static options =>
        {
            options.Cookie.Name = FormCookie;
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            // The framework would add its own framing header; SecurityHeaders says it for every answer.
            options.SuppressXFrameOptionsHeader = true;
        });
        services.AddDataProtection().SetApplicationName("Lighthouse");
        services.AddOptions<KeyManagementOptions>().Configure<IOptions<LighthouseOptions>, ILoggerFactory>(static (keys, options, logs) =>
        {
            var folder = Path.Combine(options.Value.DataDirectory, "session-keys");
            keys.XmlRepository = new Microsoft.AspNetCore.DataProtection.Repositories.FileSystemXmlRepository(PrivateFolder(folder), logs);
        });
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
    }

    private static DirectoryInfo PrivateFolder(string path) =>
        OperatingSystem.IsWindows()
            ? Directory.CreateDirectory(path)
            : Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
}
