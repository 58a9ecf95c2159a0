using System.Text.Json;
using System.Text.Json.Nodes;
using Lighthouse.Contracts;
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
        HttpContext context, IValidationEngine engine, HookHold holds, IOptions<HooksOptions> options, TimeProvider time, ILoggerFactory logs)
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
            answer = await AnswerAsync(context, engine, holds, caller, call, hold, options.Value.EmitAllow, receivedAt);
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
        HttpContext context, IValidationEngine engine, HookHold holds, Caller caller, ClaudeCodeHook.Call call, TimeSpan hold, bool emitAllow, long receivedAt)
    {
        // Not given up half-way: a decision that is being written must be known here, or its hold would never end.
        var decision = await engine.DecideAsync(caller, call.Request, new DecideOptions(receivedAt, Holds: true), CancellationToken.None);
        if (decision is { Verdict: Verdict.Escalate, EscalationId: { } escalationId })
        {
            (var final, var otherwise) = await holds.WaitAsync(caller, escalationId, hold, context.RequestAborted);
            if (final is null)
            {
                return ClaudeCodeHook.Deny(call.Event, otherwise);
            }

            decision = final;

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
