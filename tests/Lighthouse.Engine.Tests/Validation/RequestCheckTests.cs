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
    [InlineData("""{"tool":"Bash","input":{"cmd":"\ud800"}}""", ErrorCodes.InvalidField)]
    [InlineData("""{"tool":"Bash","input":{"argv":["ls","\udfff\ud800"]}}""", ErrorCodes.InvalidField)]
    [InlineData("""{"tool":"Bash","input":{"command":"ls","workdir":"\ud800\n"}}""", ErrorCodes.InvalidField)]
    [InlineData("""{"tool":"Write","input":{"file_path":"a","content":"\ude00"}}""", ErrorCodes.InvalidField)]
    public void Ensure_WhatIsNotARequest_IsRefusedWithItsCode(string json, string code) =>
        Should.Throw<LighthouseException>(() => RequestCheck.Ensure(Parse(json))).Code.ShouldBe(code);

    [Fact]
    public void Ensure_CommandAtTheLimit_Passes() => RequestCheck.Ensure(Command(new string('x', Limits.CommandBytes)));

    [Fact]
    public void Ensure_CommandOverTheLimitInBytes_IsTooLong() =>
        Should.Throw<LighthouseException>(() => RequestCheck.Ensure(Command(new string('é', (Limits.CommandBytes / 2) + 1)))).Code.ShouldBe(ErrorCodes.CommandTooLong);

    [Theory]
    [InlineData("cmd", "Bash", true)]
    [InlineData("script", "Bash", true)]
    [InlineData("argv", "shell", true)]
    [InlineData("script", "mcp__server__tool", false)]
    [InlineData("content", "Bash", false)]
    public void Ensure_TextThatWouldRunOverTheLimit_IsTooLongWhateverItsName(string name, string tool, bool tooLong)
    {
        object value = name == "argv" ? new[] { "echo", new string('x', Limits.CommandBytes) } : new string('x', Limits.CommandBytes + 1);
        var request = new DecisionRequest { Tool = tool, Input = JsonSerializer.SerializeToElement(new Dictionary<string, object> { [name] = value }) };
        var refused = Record.Exception(() => RequestCheck.Ensure(request));
        (refused as LighthouseException)?.Code.ShouldBe(ErrorCodes.CommandTooLong);
        (refused is not null).ShouldBe(tooLong);
    }

    [Theory]
    [InlineData("""{"tool":"Bash","input":{"command":"echo \ud83d\ude00 \\ud800 \u00e9\n\""}}""")]
    [InlineData("""{"tool":"Write","input":{"file_path":"a","content":"\\\ud83d\ude00"}}""")]
    public void Ensure_EscapesThatAreText_Pass(string json) => RequestCheck.Ensure(Parse(json));

    [Theory]
    [InlineData("mcp__server__tool")]
    [InlineData("Frobnicate")]
    public void Ensure_ToolThatNobodyKnows_PassesOnToBeJudged(string tool) =>
        RequestCheck.Ensure(new DecisionRequest { Tool = tool, Input = JsonSerializer.SerializeToElement(new { }) });

    private static DecisionRequest Command(string command) =>
        new() { Tool = "Bash", Input = JsonSerializer.SerializeToElement(new { command }, LighthouseJson.Options) };

    private static DecisionRequest Parse(string json) => JsonSerializer.Deserialize<DecisionRequest>(json, LighthouseJson.Options)!;
}
