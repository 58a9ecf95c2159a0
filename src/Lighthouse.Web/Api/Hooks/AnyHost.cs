using System.Text.Json.Nodes;

namespace Lighthouse.Web.Api.Hooks;

/// <summary>A deny in the words of every host at once, for calls of which it is not known who asks.</summary>
internal static class AnyHost
{
    public static bool IsHook(PathString path) => path.StartsWithSegments("/api/v1/hooks");

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
