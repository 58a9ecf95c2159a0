using System.Text.Json;
using System.Text.Json.Nodes;
using Lighthouse.Contracts;
using Lighthouse.Engine.Experts.Contracts;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Engine.Validation.Contracts;
using Lighthouse.Web.Security;
using Microsoft.Extensions.Options;

namespace Lighthouse.Web.Api.Hooks;

/// <summary>
/// The hosts' own JSON in and out. Always 200: a host runs the call on any other status, so every failure is a deny in its words.
/// That is why the route authenticates by itself instead of letting the framework answer 401.
/// </summary>
internal static class HookEndpoints
{
    private const int LongestHoldSeconds = 3_600;

    public static void MapHooks(this IEndpointRouteBuilder api)
    {
        api.MapPost("/hooks/claude-code", ClaudeCodeAsync).AllowAnonymous()
            .WithSummary("Claude Code PreToolUse and PermissionRequest; always 200.").TakesJson<JsonElement>().Produces<JsonElement>();
        api.Map("/hooks/{*host}", Unknown).AllowAnonymous().ExcludeFromDescription();
    }

    /// <summary>A host that nobody speaks for yet would run the call on a 404, and any host on a 405: they are denied instead.</summary>
    private static IResult Unknown(HttpContext context, string? host)
    {
        var why = HttpMethods.IsPost(context.Request.Method) ? $"does not speak the hook language of {host}" : $"takes hook calls by POST, not by {context.Request.Method}";
        return Results.Json(AnyHost.Deny($"Lighthouse {why} (not_supported); nothing was allowed."), LighthouseJson.Options);
    }

    private static async Task<IResult> ClaudeCodeAsync(
        HttpContext context, IValidationEngine engine, IEscalationInbox inbox, IOptions<HooksOptions> options, IHostApplicationLifetime lifetime,
        TimeProvider time, ILoggerFactory logs)
    {
        var receivedAt = time.GetTimestamp();
        JsonElement? body = null;
        JsonObject answer;
        try
        {
            var caller = await context.AuthenticateKeyAsync();
            body = await RequestBody.ReadWithinAsync(context);
            var call = ClaudeCodeHook.Read(body.Value);
            var hold = Hold(context.Request.Query["holdSeconds"], options.Value.ClaudeCodeHoldSeconds);
            answer = await AnswerAsync(context, engine, inbox, caller, call, hold, options.Value.EmitAllow, receivedAt, lifetime.ApplicationStopping);
        }
        catch (LighthouseException refusal)
        {
            answer = ClaudeCodeHook.Deny(ClaudeCodeHook.EventOf(body), $"Lighthouse refused this call ({refusal.Code}): {refusal.Message}");
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !context.RequestAborted.IsCancellationRequested)
        {
            logs.CreateLogger(typeof(HookEndpoints)).HookFailed(exception);
            answer = ClaudeCodeHook.Deny(ClaudeCodeHook.EventOf(body), "Lighthouse failed while judging this call (internal); nothing was allowed. Its log says why.");
        }

        return Results.Json(answer, LighthouseJson.Options);
    }

    private static async Task<JsonObject> AnswerAsync(
        HttpContext context, IValidationEngine engine, IEscalationInbox inbox, Caller caller, ClaudeCodeHook.Call call, TimeSpan hold, bool emitAllow, long receivedAt,
        CancellationToken stopping)
    {
        // Not given up half-way: a decision that is being written must be known here, or its hold would never end.
        var decision = await engine.DecideAsync(caller, call.Request, new DecideOptions(receivedAt, Holds: true), CancellationToken.None);
        if (decision is { Verdict: Verdict.Escalate, EscalationId: { } escalationId })
        {
            decision = await HoldAsync(inbox, caller, escalationId, hold, context.RequestAborted, stopping);
            if (decision is null)
            {
                var until = stopping.IsCancellationRequested ? "before Lighthouse was stopped" : $"in {hold.TotalSeconds:0} s";
                return ClaudeCodeHook.Deny(call.Event, $"No reviewer answered {until} (escalation {escalationId}); ask again after approval.");
            }

            // The wait was long enough for the key to be revoked.
            _ = await context.AuthenticateKeyAsync();
        }

        return decision.Verdict switch
        {
            // What a human approved is answered "allow", so that the host does not ask the same human again.
            Verdict.Allow when decision.Tier is DecisionTier.Expert or DecisionTier.Grant || emitAllow => ClaudeCodeHook.Allow(call.Event, decision.Reason, decision.EditedInput),
            Verdict.Allow => ClaudeCodeHook.NoOpinion(),
            _ => ClaudeCodeHook.Deny(call.Event, string.IsNullOrWhiteSpace(decision.Reason) ? "Lighthouse denied this call." : decision.Reason),
        };
    }

    /// <returns>The final decision, or null when nobody answered while the call was held.</returns>
    private static async Task<Decision?> HoldAsync(
        IEscalationInbox inbox, Caller caller, string escalationId, TimeSpan hold, CancellationToken aborted, CancellationToken stopping)
    {
        // A server that stops cuts what still hangs on it, and the host would run the call: a held one is answered before.
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(aborted, stopping);
        try
        {
            var escalation = await inbox.WaitAsync(caller, escalationId, hold, ends.Token);
            if (escalation.Decision is { } decided)
            {
                return decided;
            }
        }
        catch (OperationCanceledException) when (!aborted.IsCancellationRequested)
        {
            // The server stops; what follows ends the hold.
        }
        catch (OperationCanceledException)
        {
            // The host hung up: its hold has ended too. The token is spent, so the record is made without it.
            await inbox.EndHoldAsync(caller, escalationId, CancellationToken.None);
            throw;
        }

        await inbox.EndHoldAsync(caller, escalationId, CancellationToken.None);
        // An answer may have come in between; then it counts.
        return (await inbox.GetAsync(caller, escalationId, CancellationToken.None)).Decision;
    }

    private static TimeSpan Hold(string? asked, int standard)
    {
        if (string.IsNullOrEmpty(asked))
        {
            return TimeSpan.FromSeconds(standard);
        }

        return int.TryParse(asked, out var seconds) && seconds is >= 0 and <= LongestHoldSeconds
            ? TimeSpan.FromSeconds(seconds)
            : throw new LighthouseException(ErrorCodes.InvalidField, $"`holdSeconds` is 0 to {LongestHoldSeconds}.");
    }
}
