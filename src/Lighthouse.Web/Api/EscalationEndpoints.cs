using Lighthouse.Contracts;
using Lighthouse.Engine.Experts.Contracts;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Web.Security;
using Lighthouse.Web.Security.Access;

namespace Lighthouse.Web.Api;

internal static class EscalationEndpoints
{
    private const double LongestWaitSeconds = 120;

    public static void MapEscalations(this IEndpointRouteBuilder api)
    {
        api.MapGet("/escalations", List).RequireAuthorization(Policies.AgentOrExpert)
            .WithSummary("Escalations; an agent sees its own.").Produces<Escalation[]>();
        api.MapGet("/escalations/{id}", GetAsync).RequireAuthorization(Policies.AgentOrExpert)
            .WithSummary("One escalation; with waitSeconds (at most 120) it answers when decided.").Produces<Escalation>();
        api.MapPost("/escalations/{id}/votes", VoteAsync).RequireAuthorization(Policies.Expert)
            .WithSummary("Approve or reject.").TakesJson<Vote>().Produces<Escalation>();
        api.MapPost("/escalations/{id}/claim", ClaimAsync).RequireAuthorization(Policies.Expert).Produces<Escalation>();
        api.MapPost("/escalations/{id}/release", ReleaseAsync).RequireAuthorization(Policies.Expert).Produces<Escalation>();
        api.MapPost("/escalations/{id}/comments", CommentAsync).RequireAuthorization(Policies.Expert)
            .TakesJson<CommentBody>().Produces<Escalation>();
        api.MapDelete("/grants/{id}", RevokeGrantAsync).RequireAuthorization(Policies.Expert).Produces(StatusCodes.Status204NoContent);
    }

    private static IResult List(HttpContext context, IEscalationInbox inbox, string? state = null)
    {
        EscalationState? wanted = null;
        if (state is not null)
        {
            wanted = Enum.TryParse<EscalationState>(state, ignoreCase: true, out var parsed) && !char.IsDigit(state[0])
                ? parsed
                : throw new LighthouseException(ErrorCodes.InvalidField, "`state` is one of open, approved, rejected, edited, expired, stale, withdrawn.");
        }

        return Results.Json(inbox.List(context.GetCaller(), wanted), LighthouseJson.Options);
    }

    private static async Task<IResult> GetAsync(string id, HttpContext context, IEscalationInbox inbox, IHostApplicationLifetime lifetime, AccessLimits limits, double waitSeconds = 0)
    {
        if (!double.IsFinite(waitSeconds) || waitSeconds < 0)
        {
            throw new LighthouseException(ErrorCodes.InvalidField, "`waitSeconds` is a number from 0 to 120.");
        }

        var wait = TimeSpan.FromSeconds(Math.Min(waitSeconds, LongestWaitSeconds));
        var caller = context.GetCaller();
        using var place = wait > TimeSpan.Zero ? limits.Wait(caller) : null;
        var escalation = await WaitAsync(inbox, caller, id, wait, context.RequestAborted, lifetime.ApplicationStopping);
        // The wait was long enough for the key to be revoked.
        _ = await context.AuthenticateKeyAsync();
        return Results.Json(escalation, LighthouseJson.Options);
    }

    private static async Task<Escalation> WaitAsync(
        IEscalationInbox inbox, Caller caller, string id, TimeSpan wait, CancellationToken aborted, CancellationToken stopping)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(aborted, stopping);
        try
        {
            return await inbox.WaitAsync(caller, id, wait, ends.Token);
        }
        catch (OperationCanceledException) when (!aborted.IsCancellationRequested)
        {
            // The server stops: whoever waits is told how things stand instead of being cut off.
            return await inbox.GetAsync(caller, id, aborted);
        }
    }

    private static async Task<IResult> VoteAsync(string id, HttpContext context, IEscalationInbox inbox)
    {
        var vote = await RequestBody.ReadAsync<Vote>(context);
        return Results.Json(await inbox.VoteAsync(context.GetCaller(), id, vote, context.RequestAborted), LighthouseJson.Options);
    }

    private static async Task<IResult> ClaimAsync(string id, HttpContext context, IEscalationInbox inbox) =>
        Results.Json(await inbox.ClaimAsync(context.GetCaller(), id, context.RequestAborted), LighthouseJson.Options);

    private static async Task<IResult> ReleaseAsync(string id, HttpContext context, IEscalationInbox inbox) =>
        Results.Json(await inbox.ReleaseAsync(context.GetCaller(), id, context.RequestAborted), LighthouseJson.Options);

    private static async Task<IResult> CommentAsync(string id, HttpContext context, IEscalationInbox inbox)
    {
        var body = await RequestBody.ReadAsync<CommentBody>(context);
        return Results.Json(await inbox.CommentAsync(context.GetCaller(), id, body.Text ?? "", context.RequestAborted), LighthouseJson.Options);
    }

    private static async Task<IResult> RevokeGrantAsync(string id, HttpContext context, IEscalationInbox inbox)
    {
        await inbox.RevokeGrantAsync(context.GetCaller(), id, context.RequestAborted);
        return Results.NoContent();
    }

    private sealed record CommentBody(string? Text);
}
