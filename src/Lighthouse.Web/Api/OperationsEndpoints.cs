using System.Text.Json;
using Lighthouse.Contracts;
using Lighthouse.Engine.EventStore.Contracts;
using Lighthouse.Engine.Telemetry.Contracts;
using Lighthouse.Engine.Validation.Contracts;
using Lighthouse.Web.Security;

namespace Lighthouse.Web.Api;

/// <summary>Figures and the event log.</summary>
internal static class OperationsEndpoints
{
    private const int LargestPage = 10_000;

    public static void MapOperations(this IEndpointRouteBuilder api)
    {
        api.MapGet("/components", (IFigures figures) => Results.Json(figures.Components(), LighthouseJson.Options))
            .RequireAuthorization(Policies.Operator).WithSummary("Live figures of the six components.").Produces<ComponentFigures[]>();
        api.MapGet("/tiers", (IFigures figures, ISpeedLayer layer) => Results.Json(TierReport.Of(figures, layer), LighthouseJson.Options))
            .RequireAuthorization(Policies.Operator).WithSummary("Live figures of the tiers, and the state of those in use.").Produces<TierReport[]>();
        api.MapGet("/events", EventsAsync).RequireAuthorization(Policies.Operator)
            .WithSummary("The log from a position on.").Produces<EventRecord[]>();
        api.MapPost("/events:verify", VerifyAsync).RequireAuthorization(Policies.Operator)
            .WithSummary("Checks the hash chain and the authenticated head over the whole log.").Produces<VerifyReport>();
    }

    private static async Task<IResult> EventsAsync(
        HttpContext context, IEventStore store, long after = 0, int limit = 1000, string? stream = null, string? type = null)
    {
        if (after < 0 || limit is < 1 or > LargestPage)
        {
            throw new LighthouseException(ErrorCodes.InvalidField, $"`after` is 0 or more, `limit` is 1 to {LargestPage:N0}.");
        }

        var events = await store.ReadAsync(new EventQuery(after, limit, stream, type), context.RequestAborted);
        return Results.Json(events.Select(Record), LighthouseJson.Options);
    }

    private static async Task<IResult> VerifyAsync(HttpContext context, IEventStore store) =>
        Results.Json(await store.VerifyAsync(progress: null, context.RequestAborted), LighthouseJson.Options);

    private static EventRecord Record(StoredEvent stored) =>
        new(stored.Position, stored.Stream, stored.Version, stored.Type, stored.OccurredAt, stored.Actor, Payload(stored));

    private static JsonElement Payload(StoredEvent stored)
    {
        try
        {
            return JsonSerializer.Deserialize<JsonElement>(stored.Payload.Span);
        }
        catch (JsonException)
        {
            // A tampered payload is still shown: as the bytes that are there.
            return JsonSerializer.SerializeToElement(new { unreadable = Convert.ToBase64String(stored.Payload.Span) });
        }
    }
}
