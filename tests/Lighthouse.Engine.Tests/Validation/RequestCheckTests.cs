using System.Text.Json;
using Lighthouse.Contracts;
using Lighthouse.Engine.Validation.Pipeline;

namespace Lighthouse.Engine.Tests.Validation;

public sealed class RequestCheckTests
{
    [Theory]
    [InlineData("""{"input":{"command":"ls"}}""", ErrorCodes.MissingField)]
    [InlineData("""{"tool":"","input":{"command":"ls"}}""", ErrorCodes.MissingField)]
    [InlineData("""{"tool":"Bash"}""", ErrorCodes.MissingField)]
    [InlineData("""{"tool":"Bash","input":"ls"}""", ErrorCodes.InvalidField)]
    [InlineData("""{"tool":"Bash","input":null}""", ErrorCodes.InvalidField)]
    [InlineData("""{"tool":"Bash\nrm","input":{}}""", ErrorCodes.UnknownTool)]
    [InlineData("""{"tool":"Bash","input":{},"workingDirectory":"relative/path"}""", ErrorCodes.InvalidField)]
    [InlineData("""{"tool":"Bash","input":{},"workingDirectory":"/a\u0000b"}""", ErrorCodes.InvalidField)]
    [InlineData("""{"tool":"Bash","input":{"command":"\ud800"}}""", ErrorCodes.InvalidField)]
    public void Ensure_WhatIsNotARequest_IsRefusedWithItsCode(string json, string code) =>
        Should.Throw<LighthouseException>(() => RequestCheck.Ensure(Parse(json))).Code.ShouldBe(code);

    [Fact]
    public void Ensure_CommandAtTheLimit_Passes() => RequestCheck.Ensure(Command(new string('x', Limits.CommandBytes)));

    [Fact]
    public void Ensure_CommandOverTheLimitInBytes_IsTooLong() =>
        Should.Throw<LighthouseException>(() => RequestCheck.Ensure(Command(new string('é', (Limits.CommandBytes / 2) + 1)))).Code.ShouldBe(ErrorCodes.CommandTooLong);

    [Theory]
    [InlineData("mcp__server__tool")]
    [InlineData("Frobnicate")]
    public void Ensure_ToolThatNobodyKnows_PassesOnToBeJudged(string tool) =>
        RequestCheck.Ensure(new DecisionRequest { Tool = tool, Input = JsonSerializer.SerializeToElement(new { }) });

    private static DecisionRequest Command(string command) =>
        new() { Tool = "Bash", Input = JsonSerializer.SerializeToElement(new { command }, LighthouseJson.Options) };

    private static DecisionRequest Parse(string json) => JsonSerializer.Deserialize<DecisionRequest>(json, LighthouseJson.Options)!;
}
