using System.Text.Json;
using Lighthouse.Client;
using Lighthouse.Contracts;
using Lighthouse.EndToEnd.Tests.Harness;

namespace Lighthouse.EndToEnd.Tests;

/// <summary>A recorded call of Claude Code through the real <c>lighthouse hook claude-code</c>.</summary>
public sealed class HookTests(SharedTower shared)
{
    [Fact]
    public async Task Hook_ReadOnlyCommand_HasNoOpinion()
    {
        var tower = await shared.TowerAsync();
        var result = await CommandLine.HookAsync(tower, Requests.PreToolUse("ls -la"));

        result.ExitCode.ShouldBe(0, result.Error);
        result.Output.Trim().ShouldBeOneOf("", "{}");
    }

    [Fact]
    public async Task Hook_DeletesTheHome_IsDeniedWithAReason()
    {
        var tower = await shared.TowerAsync();
        var result = await CommandLine.HookAsync(tower, Requests.PreToolUse("rm -rf ~/"));

        result.ExitCode.ShouldBe(0, result.Error);
        var answer = Answer(result.Output);
        answer.GetProperty("permissionDecision").GetString().ShouldBe("deny");
        answer.GetProperty("permissionDecisionReason").GetString().ShouldNotBeNullOrWhiteSpace();
    }

    [Fact]
    public async Task Hook_NobodyAnswers_IsDeniedWhenTheHoldEnds()
    {
        var tower = await shared.TowerAsync();
        var result = await CommandLine.HookAsync(tower, Requests.PreToolUse("sudo systemctl restart held-for-a-second"), "--hold-seconds", "1");

        result.ExitCode.ShouldBe(0, result.Error);
        var answer = Answer(result.Output);
        answer.GetProperty("permissionDecision").GetString().ShouldBe("deny");
        answer.GetProperty("permissionDecisionReason").GetString()!.ShouldContain("No reviewer answered");
    }

    [Fact]
    public async Task Hook_ReviewerApproves_ReleasesTheHeldCall()
    {
        var tower = await shared.TowerAsync();
        using var expert = tower.Expert;
        var held = CommandLine.HookAsync(tower, Requests.PreToolUse("npm install released-by-a-vote"));
        var escalation = await Eventually.FindAsync(
            () => expert.GetEscalationsAsync(EscalationState.Open), one => one.Request.Input.GetRawText().Contains("released-by-a-vote", StringComparison.Ordinal));
        held.IsCompleted.ShouldBeFalse();

        await expert.VoteAsync(escalation.Id, new Vote { Kind = VoteKind.Approve, Reason = "planned" });

        var result = await held;
        result.ExitCode.ShouldBe(0, result.Error);
        Answer(result.Output).GetProperty("permissionDecision").GetString().ShouldBe("allow");
    }

    [Theory]
    [InlineData("{nonsense")]
    [InlineData("{}")]
    [InlineData("[1]")]
    public async Task Hook_InputThatIsNoHookMessage_IsDenied(string input)
    {
        var tower = await shared.TowerAsync();
        var result = await CommandLine.HookAsync(tower, input);

        result.ExitCode.ShouldBe(0, result.Error);
        Answer(result.Output).GetProperty("permissionDecision").GetString().ShouldBe("deny");
    }

    [Fact]
    public async Task Hook_WrongKey_IsDenied()
    {
        var tower = await shared.TowerAsync();
        var result = await CommandLine.RunAsync(Requests.PreToolUse("ls"), tower.Url, "lh_agent_wrong", "hook", "claude-code");

        result.ExitCode.ShouldBe(0, result.Error);
        Answer(result.Output).GetProperty("permissionDecision").GetString().ShouldBe("deny");
    }

    private static JsonElement Answer(string output) => JsonDocument.Parse(output).RootElement.GetProperty("hookSpecificOutput");
}
