using Lighthouse.Contracts;
using Lighthouse.Web.Api.Hooks;

namespace Lighthouse.Web.Api;

internal static class ApiEndpoints
{
    public static void MapLighthouseApi(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api/v1");
        api.MapDecisions();
        api.MapEscalations();
        api.MapOperations();
        api.MapAgents();
        api.MapHooks();
        api.MapFallback((HttpContext context) => Task.FromException(
            new LighthouseException(ErrorCodes.NotFound, $"There is no route {context.Request.Method} {context.Request.Path}."))).AllowAnonymous();
    }
}
