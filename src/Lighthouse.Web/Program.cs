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
app.MapLighthouseUi();
await app.RunAsync();
