using Lighthouse.Contracts;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Web.Security;

namespace Lighthouse.Web.Api;

/// <summary>Agents, keys and the emergency stop.</summary>
internal static class AgentEndpoints
{
    private const int MostAtOnce = 5_000;

    public static void MapAgents(this IEndpointRouteBuilder api)
    {
        api.MapGet("/agents", (IAgentDirectory agents) => Results.Json(agents.Agents(), LighthouseJson.Options))
            .RequireAuthorization(Policies.Operator).WithSummary("All agents with their keys.").Produces<AgentSummary[]>();
        api.MapPost("/agents", CreateAsync).RequireAuthorization(Policies.Operator)
            .WithSummary("A new agent and its key; the secret is shown once.").TakesJson<NewAgent>().Produces<CreatedAgent>(StatusCodes.Status201Created);
        api.MapPost("/agents/{id}/suspend", SuspendAsync).RequireAuthorization(Policies.Operator)
            .TakesJson<Reason>().Produces(StatusCodes.Status204NoContent);
        api.MapPost("/agents/{id}/resume", ResumeAsync).RequireAuthorization(Policies.Operator).Produces(StatusCodes.Status204NoContent);
        api.MapGet("/keys", (IAgentDirectory agents) => Results.Json(agents.Keys(), LighthouseJson.Options))
            .RequireAuthorization(Policies.Operator).Produces<KeySummary[]>();
        api.MapPost("/keys/{id}/rotate", RotateAsync).RequireAuthorization(Policies.Operator).Produces<CreatedKey>(StatusCodes.Status201Created);
        api.MapDelete("/keys/{id}", RevokeAsync).RequireAuthorization(Policies.Operator).Produces(StatusCodes.Status204NoContent);
        api.MapGet("/emergency-stop", (IEmergencyStop stop) => Results.Json(new { engaged = stop.Engaged is not null, state = stop.Engaged }, LighthouseJson.Options))
            .RequireAuthorization(Policies.Operator);
        api.MapPost("/emergency-stop", EngageAsync).RequireAuthorization(Policies.Operator)
            .WithSummary("Denies every agent at once.").TakesJson<Reason>().Produces(StatusCodes.Status204NoContent);
        api.MapDelete("/emergency-stop", ReleaseAsync).RequireAuthorization(Policies.Operator).Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> CreateAsync(HttpContext context, IAgentDirectory agents)
    {
        var body = await RequestBody.ReadAsync<NewAgent>(context);
        if (body.Count is < 1 or > MostAtOnce)
        {
            throw new LighthouseException(ErrorCodes.InvalidField, $"`count` is 1 to {MostAtOnce:N0}.");
        }

        var names = body.Count is { } count ? Enumerable.Range(1, count).Select(i => $"{body.Name}-{i}") : [body.Name];
        var caller = context.GetCaller();
        var created = await Task.WhenAll(names.Select(async name =>
        {
            var key = new NewKey { Name = name, Role = Roles.Agent, Owner = caller.Owner ?? caller.Name, WorkspaceRoots = body.WorkspaceRoots ?? [] };
            var made = await agents.CreateKeyAsync(caller, key, context.RequestAborted);
            return new CreatedAgent(made.KeyId, made.Secret, made.AgentId!);
        }));
        return body.Count is null
            ? Results.Json(created[0], LighthouseJson.Options, statusCode: StatusCodes.Status201Created)
            : Results.Json(created, LighthouseJson.Options, statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> SuspendAsync(string id, HttpContext context, IAgentDirectory agents)
    {
        var body = await RequestBody.ReadAsync<Reason>(context);
        await agents.SuspendAsync(context.GetCaller(), id, body.Text ?? "", context.RequestAborted);
        return Results.NoContent();
    }

    private static async Task<IResult> ResumeAsync(string id, HttpContext context, IAgentDirectory agents)
    {
        await agents.ResumeAsync(context.GetCaller(), id, context.RequestAborted);
        return Results.NoContent();
    }

    private static async Task<IResult> RotateAsync(string id, HttpContext context, IAgentDirectory agents) =>
        Results.Json(await agents.RotateKeyAsync(context.GetCaller(), id, context.RequestAborted), LighthouseJson.Options, statusCode: StatusCodes.Status201Created);

    private static async Task<IResult> RevokeAsync(string id, HttpContext context, IAgentDirectory agents, string? reason = null)
    {
        await agents.RevokeKeyAsync(context.GetCaller(), id, reason ?? "revoked", context.RequestAborted);
        return Results.NoContent();
    }

    private static async Task<IResult> EngageAsync(HttpContext context, IEmergencyStop stop)
    {
        var body = await RequestBody.ReadAsync<Reason>(context);
        await stop.EngageAsync(context.GetCaller(), body.Text ?? "", context.RequestAborted);
        return Results.NoContent();
    }

    private static async Task<IResult> ReleaseAsync(HttpContext context, IEmergencyStop stop)
    {
        await stop.ReleaseAsync(context.GetCaller(), context.RequestAborted);
        return Results.NoContent();
    }

    private sealed record Reason([property: System.Text.Json.Serialization.JsonPropertyName("reason")] string? Text);
}
