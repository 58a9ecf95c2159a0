using System.Text.Json;
using Lighthouse.Contracts;
using Lighthouse.Web.Api.Hooks;

namespace Lighthouse.Web.Tests.Api;

/// <summary>The quirks of the host: what it sends, and the words in which it takes an answer.</summary>
public sealed class ClaudeCodeHookTests
{
    private const string Recorded = """
        {"session_id":"abc","transcript_path":"/t.jsonl","cwd":"/home/me/project","permission_mode":"default","hook_event_name":"PreToolUse",
         "tool_name":"Bash","tool_input":{"command":"ls -la","description":"List files","timeout":120000,"run_in_background":false},"tool_use_id":"toolu_1"}
        """;

    [Fact]
    public void Read_RecordedPreToolUse_KeepsToolInputDirectoryAndSession()
    {
        var call = ClaudeCodeHook.Read(JsonSerializer.Deserialize<JsonElement>(Recorded));
        call.Event.ShouldBe("PreToolUse");
        call.Request.Tool.ShouldBe("Bash");
        call.Request.Input.GetProperty("command").GetString().ShouldBe("ls -la");
        call.Request.WorkingDirectory.ShouldBe("/home/me/project");
        call.Request.SessionId.ShouldBe("abc");
    }

    [Theory]
    [InlineData("""{"hook_event_name":"PreToolUse","tool_input":{}}""", ErrorCodes.MissingField)]
    [InlineData("""{"hook_event_name":"PreToolUse","tool_name":"Bash"}""", ErrorCodes.MissingField)]
    [InlineData("""{"tool_name":"Bash","tool_input":{}}""", ErrorCodes.MissingField)]
    [InlineData("""{"hook_event_name":"PostToolUse","tool_name":"Bash","tool_input":{}}""", ErrorCodes.NotSupported)]
    [InlineData("""["PreToolUse"]""", ErrorCodes.MalformedJson)]
    public void Read_WhatIsNoCall_SaysWhy(string json, string code) =>
        Should.Throw<LighthouseException>(() => ClaudeCodeHook.Read(JsonSerializer.Deserialize<JsonElement>(json))).Code.ShouldBe(code);

    [Fact]
    public void NoOpinion_IsAnEmptyObject() => ClaudeCodeHook.NoOpinion().ToJsonString().ShouldBe("{}");

    [Fact]
    public void Deny_PreToolUse_StandsInsideHookSpecificOutput() =>
        ClaudeCodeHook.Deny("PreToolUse", "no").ToJsonString().ShouldBe(
            """{"hookSpecificOutput":{"hookEventName":"PreToolUse","permissionDecision":"deny","permissionDecisionReason":"no"}}""");

    [Fact]
    public void Deny_PermissionRequest_HasItsOwnShape() =>
        ClaudeCodeHook.Deny("PermissionRequest", "no").ToJsonString().ShouldBe(
            """{"hookSpecificOutput":{"hookEventName":"PermissionRequest","decision":{"behavior":"deny","message":"no"}}}""");

    [Fact]
    public void Allow_WithEditedInput_CarriesIt()
    {
        var edited = JsonSerializer.SerializeToElement(new { command = "ls" });
        ClaudeCodeHook.Allow("PreToolUse", "edited", edited).ToJsonString().ShouldBe(
            """{"hookSpecificOutput":{"hookEventName":"PreToolUse","permissionDecision":"allow","permissionDecisionReason":"edited","updatedInput":{"command":"ls"}}}""");
        ClaudeCodeHook.Allow("PermissionRequest", "fine").ToJsonString().ShouldBe(
            """{"hookSpecificOutput":{"hookEventName":"PermissionRequest","decision":{"behavior":"allow"}}}""");
    }
}
