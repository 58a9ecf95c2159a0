using Lighthouse.Contracts;
using Lighthouse.Web.Api.Hooks;
using Lighthouse.Web.Security.Access;

namespace Lighthouse.Web.Api;

internal static class ApiEndpoints
{
    public static void MapLighthouseApi(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api/v1");
        api.MapDecisions();
        // Deciding and reporting are limited in the engine, hooks answer in their hosts' words; everything else counts here.
        var limited = api.MapGroup("").AddEndpointFilter<RouteGroupBuilder, AccessFilter>();
        limited.MapEscalations();
        limited.MapOperations();
        limited.MapAgents();
        limited.MapPolicies();
        api.MapHooks();
        api.MapFallback((HttpContext context) => Task.FromException(
            new LighthouseException(ErrorCodes.NotFound, $"There is no route {context.Request.Method} {context.Request.Path}."))).AllowAnonymous();
    }
}
