using Lighthouse.Contracts;
using Lighthouse.Engine.Experts.Contracts;
using Lighthouse.Engine.Platform;
using Lighthouse.Web.Security.Http;
using Lighthouse.Web.Security.Humans;
using Lighthouse.Web.Security.Keys;
using Lighthouse.Web.Ui;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Lighthouse.Web.Security;

internal static class SecurityExtensions
{
    private const string Scheme = "Lighthouse";
    private static readonly string[] KeyPaths = ["/api", "/hubs", "/metrics"];

    public static void AddLighthouseSecurity(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = Limits.MessageBytes;
        });
        services.Configure<BootstrapOptions>(builder.Configuration.GetSection(BootstrapOptions.Section));
        AddHumans(services);
        services.AddAuthentication(Scheme)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.Scheme, _ => { })
            .AddPolicyScheme(Scheme, null, options => options.ForwardDefaultSelector = context =>
                KeyPaths.Any(path => context.Request.Path.StartsWithSegments(path)) ? ApiKeyHandler.Scheme : IdentityConstants.ApplicationScheme);
        var anonymousMetrics = builder.Configuration.GetValue<bool>("Lighthouse:Metrics:Anonymous");
        services.Configure<AuthorizationOptions>(options => Policies.AddTo(options, anonymousMetrics));
        services.AddAuthorization();
        services.AddAntiforgery(options => options.Cookie.Name = "lighthouse-form");
        services.AddSingleton<IReviewerDirectory, HumanReviewers>();
        services.AddScoped<IFreshSignIn, FreshSignIn>();
        services.AddScoped<AuthenticationStateProvider, LiveAuthenticationState>();
        services.AddHostedService<Bootstrap>();
    }

    public static void UseLighthouseSecurity(this WebApplication app)
    {
        app.UseSecurityHeaders();
        app.UseWhen(context => KeyPaths.Any(path => context.Request.Path.StartsWithSegments(path)), branch => branch.UseApiProblems());
        app.UseOriginCheck();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
    }

    private static void AddHumans(IServiceCollection services)
    {
        services.AddDbContext<IdentityDatabase>((provider, options) =>
            options.UseSqlite($"Data Source={Path.Combine(DataDirectory(provider), "identity.db")}"));
        services.AddIdentityCore<LighthouseUser>(options =>
            {
                // Length beats composition; a lock-out of a minute stops guessing without locking the owner out for good.
                options.Password = new PasswordOptions { RequiredLength = 12, RequiredUniqueChars = 5, RequireDigit = false, RequireLowercase = false, RequireUppercase = false, RequireNonAlphanumeric = false };
                options.Lockout.MaxFailedAccessAttempts = 5;
                options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(1);
            })
            .AddRoles<IdentityRole>()
            .AddEntityFrameworkStores<IdentityDatabase>()
            .AddSignInManager()
            .AddDefaultTokenProviders();
        services.AddAuthentication().AddIdentityCookies(cookies => cookies.ApplicationCookie!.Configure(options =>
        {
            options.Cookie.Name = "lighthouse-session";
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.LoginPath = "/sign-in";
            options.AccessDeniedPath = "/sign-in";
            options.ReturnUrlParameter = "returnUrl";
            options.ExpireTimeSpan = TimeSpan.FromHours(12);
            options.SlidingExpiration = true;
        }));
        services.Configure<SecurityStampValidatorOptions>(options =>
        {
            options.ValidationInterval = TimeSpan.FromMinutes(1);
            // The renewed cookie still says when the password was given.
            options.OnRefreshingPrincipal = context =>
            {
                if (context.CurrentPrincipal?.FindFirst(FreshSignIn.Claim) is { } claim)
                {
                    context.NewPrincipal!.Identities.First().AddClaim(claim);
                }

                return Task.CompletedTask;
            };
        });
        services.AddDataProtection().SetApplicationName("Lighthouse");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider => new ConfigureOptions<KeyManagementOptions>(options =>
            options.XmlRepository = new Microsoft.AspNetCore.DataProtection.Repositories.FileSystemXmlRepository(
                Directory.CreateDirectory(Path.Combine(DataDirectory(provider), "keys", "data-protection")), provider.GetRequiredService<ILoggerFactory>())));
    }

    private static string DataDirectory(IServiceProvider provider) => provider.GetRequiredService<IOptions<LighthouseOptions>>().Value.DataDirectory;
}
