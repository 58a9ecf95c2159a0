<<<<<<< HEAD
using Lighthouse.Engine;
using Lighthouse.Web.Shell;

var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.WebHost.UseStaticWebAssets();
builder.Services.AddLighthouseEngine();
builder.Services.AddLighthouseUi();
builder.Services.AddAuthentication();
builder.Services.AddAuthorization();
var app = builder.Build();
app.UseAntiforgery();
=======
using Lighthouse.Contracts;
using Lighthouse.Engine;
using Lighthouse.Engine.Platform;
using Lighthouse.Web;
using Lighthouse.Web.Api;
using Lighthouse.Web.Features.Demo;
using Lighthouse.Web.Features.SignIn;
using Lighthouse.Web.Hubs;
using Lighthouse.Web.Security;
using Lighthouse.Web.Shell;

var builder = WebApplication.CreateBuilder(args);
builder.UseLighthouseDefaults();
builder.Services.AddLighthouseEngine();
builder.BindLighthouseOptions();
builder.AddLighthouseSecurity();
builder.Services.AddAgentHub();
builder.Services.AddOpenApi();
builder.Services.AddLighthouseUi();
builder.AddDemo();

var app = builder.Build();
app.TellOwnAddresses();
app.UseLighthouseSecurity();
app.MapHealth();
app.MapLighthouseApi();
app.MapOpenApi().AllowAnonymous();
app.MapHub<AgentHub>(HubRoutes.Agents);
app.MapHub<OperationsHub>(HubRoutes.Operations);
app.MapSignIn();
>>>>>>> 895d6d3 (Hub, API, hooks and their tests (wiring follows))
app.MapLighthouseUi();
await app.RunAsync();
