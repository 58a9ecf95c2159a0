using Lighthouse.Contracts;
using Lighthouse.Engine.EventStore.Contracts;
using Lighthouse.Engine.Telemetry.Contracts;
using Lighthouse.Web.Security;

namespace Lighthouse.Web.Api;

/// <summary>Health for orchestrators and <c>/metrics</c> for Prometheus.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapGet("/healthz/live", () => Results.Json(new { status = "live" }, LighthouseJson.Options)).AllowAnonymous();
        app.MapGet("/healthz/ready", Ready).AllowAnonymous();
        app.MapGet("/metrics", static (HttpContext context, MetricsScrape scrape) => Results.Text(scrape.Take(context.User.FindCaller()), "text/plain; version=0.0.4; charset=utf-8"))
            .RequireAuthorization(Policies.Metrics);
    }

    /// <summary>A broken log is degraded but ready; a store that cannot write is not ready, because nothing could be decided.</summary>
    private static IResult Ready(IEventStore store)
    {
        var health = store.Health;
        return Results.Json(
            // What exactly is wrong is for operators: the page and the log say it, an anonymous caller does not learn it.
            new { status = !health.Writable ? "unavailable" : health.Problem is null ? "ready" : "degraded" }, LighthouseJson.Options, statusCode: health.Writable ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}
