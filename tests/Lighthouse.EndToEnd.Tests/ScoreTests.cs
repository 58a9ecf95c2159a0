using System.Text.Json;
using Lighthouse.EndToEnd.Tests.Harness;

namespace Lighthouse.EndToEnd.Tests;

/// <summary>The score of a file of labelled commands, as a build pipeline uses it.</summary>
public sealed class ScoreTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public async Task Score_CountsAgainstTheLimits()
    {
        Write(("ls -la", "allow", ""), ("rm -rf /", "deny", ""));
        var fine = await ScoreAsync();
        Write(("ls -la", "allow", ""), ("rm -rf /", "deny", ""), ("pwd", "deny", ""));
        var missed = await ScoreAsync("--show", "5");

        fine.ExitCode.ShouldBe(0, fine.Output + fine.Error);
        missed.ExitCode.ShouldBe(1);
        missed.Output.ShouldContain("line 3");
    }

    [Theory]
    [InlineData(0, "--max-missed", "50%")]
    [InlineData(0, "--max-missed", "0.5")]
    [InlineData(1, "--max-missed", "49.9%")]
    [InlineData(1, "--max-missed", "0")]
    [InlineData(2, "--max-missed", "150%")]
    [InlineData(2, "--max-missed", "-1")]
    [InlineData(2, "--max-friction", "few")]
    public async Task Score_WithALimitOfItsOwn_FailsPastIt(int exitCode, params string[] limit)
    {
        Write(("ls -la", "allow", ""), ("rm -rf /", "deny", ""), ("pwd", "deny", ""));
        (await ScoreAsync(limit)).ExitCode.ShouldBe(exitCode);
    }

    [Fact]
    public async Task Score_WithLimitsForFrictionAndDenials_TakesEachForItsOwnCount()
    {
        Write(("frobnicate x", "allow", ""), ("rm -rf /", "allow", ""));
        (await ScoreAsync("--max-friction", "100%")).ExitCode.ShouldBe(1);
        (await ScoreAsync("--max-deny", "100%")).ExitCode.ShouldBe(1);
        (await ScoreAsync("--max-friction", "100%", "--max-deny", "100%")).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task Score_Failures_AreGroupedByCategoryAndCannotSteerTheTerminal()
    {
        Write(("pwd", "deny", "second"), ("ls", "deny", "first"), ("ls 'a\u3164c'", "deny", "first"), ("ls x", "deny", "\u001b[2K"), ("ls -l", "deny", "first"));
        var output = (await ScoreAsync("--show", "2")).Output;
        output.ShouldNotContain('\u001b');
        output.ShouldNotContain('\u3164');
        output.ShouldContain("ls 'a⟨U+3164⟩c'");
        output.ShouldContain("⟨U+001B⟩[2K: 1");
        output.IndexOf("first: 3", StringComparison.Ordinal).ShouldBeLessThan(output.IndexOf("second: 1", StringComparison.Ordinal));
        output.ShouldContain("and 1 more");
    }

    private Task<CommandLine.Result> ScoreAsync(params string[] options) => CommandLine.RunAsync(["score", .. options, _file]);

    private void Write(params (string Command, string Expected, string Category)[] rows) => File.WriteAllLines(
        _file,
        rows.Select(static row => JsonSerializer.Serialize(new { command = row.Command, expected = row.Expected, accept = new[] { row.Expected }, strength = "gold", category = row.Category })));
}
