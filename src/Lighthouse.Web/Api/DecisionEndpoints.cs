using Lighthouse.Contracts;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Engine.Validation.Contracts;
using Lighthouse.Web.Security;
using Lighthouse.Web.Security.Access;

namespace Lighthouse.Web.Api;

internal static class DecisionEndpoints
{
    private const string BatchRule =
        "What is wrong with one request refuses the whole batch before anything is recorded. If the store fails half-way the answer is storage_unavailable although "
        + "some requests may be recorded: repeat the batch with the same requestIds, and those get the decisions that they have.";

    public static void MapDecisions(this IEndpointRouteBuilder api)
    {
        api.MapPost("/decisions", DecideAsync).RequireAuthorization(Policies.Agent)
            .WithSummary("Asks for a verdict; answers once it is durable.").TakesJson<DecisionRequest>().Produces<Decision>();
        api.MapPost("/decisions:batch", DecideManyAsync).RequireAuthorization(Policies.Agent)
            .WithSummary("Up to 500 requests at once, answered in the same order.").WithDescription(BatchRule).TakesJson<DecisionRequest[]>().Produces<Decision[]>();
        api.MapGet("/decisions/{id}", FindAsync).RequireAuthorization(Policies.AgentOrReader).AddEndpointFilter<RouteHandlerBuilder, AccessFilter>()
            .WithSummary("One decision with its analysis and tier timings.").Produces<DecisionDetail>();
        api.MapPost("/decisions/{id}/outcome", ReportAsync).RequireAuthorization(Policies.Agent)
            .WithSummary("What came of an allowed action.").TakesJson<Outcome>().Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> DecideAsync(HttpContext context, IValidationEngine engine, TimeProvider time, bool dryRun = false)
    {
        var options = new DecideOptions(time.GetTimestamp(), dryRun);
        var request = await RequestBody.ReadAsync<DecisionRequest>(context);
        return Results.Json(await engine.DecideAsync(context.GetCaller(), request, options, context.RequestAborted), LighthouseJson.Options);
    }

    private static async Task<IResult> DecideManyAsync(HttpContext context, IValidationEngine engine, TimeProvider time, bool dryRun = false)
    {
        var options = new DecideOptions(time.GetTimestamp(), dryRun);
        var requests = await RequestBody.ReadAsync<DecisionRequest[]>(context, Limits.BatchBytes);
        return Results.Json(await engine.DecideManyAsync(context.GetCaller(), requests, options, context.RequestAborted), LighthouseJson.Options);
    }

    private static async Task<IResult> FindAsync(string id, HttpContext context, IDecisionLog log)
    {
        var caller = context.GetCaller();
        var detail = await log.FindAsync(id, context.RequestAborted);
        // Another agent's decision does not exist for this one.
        return detail is not null && (caller.Agent is null || caller.Agent.Id == detail.Agent.Id)
            ? Results.Json(detail, LighthouseJson.Options)
            : throw new LighthouseException(ErrorCodes.NotFound, $"There is no decision {id}.");
    }

    private static async Task<IResult> ReportAsync(string id, HttpContext context, IValidationEngine engine)
    {
        var outcome = await RequestBody.ReadAsync<Outcome>(context);
        await engine.ReportOutcomeAsync(context.GetCaller(), id, outcome.ExitCode, outcome.DurationMs, context.RequestAborted);
        return Results.NoContent();
    }

    private sealed record Outcome(int ExitCode, double DurationMs);
}
