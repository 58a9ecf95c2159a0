using System.Text.Json;
using System.Text.Json.Nodes;
using Lighthouse.Contracts;

namespace Lighthouse.Web.Api.Hooks;

/// <summary>Claude Code's words: <c>PreToolUse</c> and <c>PermissionRequest</c> in, a permission decision out.</summary>
internal static class ClaudeCodeHook
{
    private const string PermissionRequest = "PermissionRequest";
    private const string PreToolUse = "PreToolUse";

    /// <param name="Event">The hook event, which decides the shape of the answer.</param>
    public sealed record Call(string Event, DecisionRequest Request);

    /// <exception cref="LighthouseException"><c>missing_field</c> or <c>not_supported</c>.</exception>
    public static Call Read(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            throw new LighthouseException(ErrorCodes.MalformedJson, "The hook's input is not a JSON object.");
        }

        var name = Text(body, "hook_event_name") ?? throw Missing("hook_event_name");
        if (name is not (PreToolUse or PermissionRequest))
        {
            throw new LighthouseException(ErrorCodes.NotSupported, $"Hook event {name} carries nothing to decide; register Lighthouse for PreToolUse.");
        }

        return new Call(name, new DecisionRequest
        {
            Tool = Text(body, "tool_name") ?? throw Missing("tool_name"),
            Input = body.TryGetProperty("tool_input", out var input) ? input : throw Missing("tool_input"),
            WorkingDirectory = Text(body, "cwd"),
            SessionId = Text(body, "session_id"),
        });
    }

    /// <summary>The event of a body that <see cref="Read"/> may have refused, for a refusal in the right shape.</summary>
    public static string EventOf(JsonElement? body) =>
        body is { ValueKind: JsonValueKind.Object } found && Text(found, "hook_event_name") == PermissionRequest ? PermissionRequest : PreToolUse;

    /// <summary>"No opinion": the host's own rules go on.</summary>
    public static JsonObject NoOpinion() => [];

    public static JsonObject Allow(string hookEvent, string reason, JsonElement? updatedInput = null) => hookEvent == PermissionRequest
        ? Wrap(hookEvent, new JsonObject { ["decision"] = WithInput(new JsonObject { ["behavior"] = "allow" }, updatedInput) })
        : Wrap(hookEvent, WithInput(new JsonObject { ["permissionDecision"] = "allow", ["permissionDecisionReason"] = reason }, updatedInput));

    public static JsonObject Deny(string hookEvent, string reason) => hookEvent == PermissionRequest
        ? Wrap(hookEvent, new JsonObject { ["decision"] = new JsonObject { ["behavior"] = "deny", ["message"] = reason } })
        : Wrap(hookEvent, new JsonObject { ["permissionDecision"] = "deny", ["permissionDecisionReason"] = reason });

    private static JsonObject Wrap(string hookEvent, JsonObject content)
    {
        var inner = new JsonObject { ["hookEventName"] = hookEvent };
        foreach (var (name, value) in content.ToArray())
        {
            content.Remove(name);
            inner[name] = value;
        }

        return new JsonObject { ["hookSpecificOutput"] = inner };
    }

    private static JsonObject WithInput(JsonObject content, JsonElement? updatedInput)
    {
        if (updatedInput is { } input)
        {
            content["updatedInput"] = JsonNode.Parse(input.GetRawText());
        }

        return content;
    }

    private static string? Text(JsonElement body, string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static LighthouseException Missing(string field) => new(ErrorCodes.MissingField, $"The hook's input lacks `{field}`.");
}
