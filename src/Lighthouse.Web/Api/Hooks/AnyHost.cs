using System.Text.Json.Nodes;

namespace Lighthouse.Web.Api.Hooks;

/// <summary>A deny in the words of every host at once, for calls of which it is not known who asks.</summary>
internal static class AnyHost
{
    /// <summary>Also under a wrong version, with a doubled slash or with an escaped one (the server leaves <c>%2F</c> as it is): whoever meant a hook route must not be let through by a 404.</summary>
    public static bool IsHook(PathString path) =>
        path.Value is { } text && text.Contains("hook", StringComparison.OrdinalIgnoreCase)
        && Uri.UnescapeDataString(text).Split('/', '\\').Any(static part => part.Equals("hooks", StringComparison.OrdinalIgnoreCase) || part.Equals("hook", StringComparison.OrdinalIgnoreCase));

    public static JsonObject Deny(string reason)
    {
        var answer = ClaudeCodeHook.Deny("PreToolUse", reason);
        answer["permission"] = "deny";
        answer["user_message"] = reason;
        answer["agent_message"] = reason;
        answer["decision"] = "deny";
        answer["reason"] = reason;
        answer["permissionDecision"] = "deny";
        answer["permissionDecisionReason"] = reason;
        return answer;
    }
}
