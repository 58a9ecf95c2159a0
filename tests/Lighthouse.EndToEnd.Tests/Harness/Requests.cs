using System.Text.Json;
using Lighthouse.Contracts;

namespace Lighthouse.EndToEnd.Tests.Harness;

internal static class Requests
{
    public static DecisionRequest Bash(string command, string? requestId = null) => new()
    {
        Tool = "Bash",
        Input = JsonSerializer.SerializeToElement(new { command }, LighthouseJson.Options),
        WorkingDirectory = "/home/test/project",
        SessionId = "end-to-end",
        RequestId = requestId,
    };

    /// <summary>A PreToolUse message as Claude Code sends it, recorded, with another command.</summary>
    public static string PreToolUse(string command)
    {
        var message = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Recorded/pre-tool-use.json")))!;
        message["tool_input"] = JsonSerializer.SerializeToElement(new { command, description = "Recorded call" });
        return JsonSerializer.Serialize(message);
    }
}
