using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Lighthouse.Architecture.Tests;

/// <summary>What the README tells people to type exists.</summary>
public sealed partial class ReadmeTests
{
    private static readonly string Readme = Repository.Text("README.md");

    [Theory]
    [InlineData("run")]
    [InlineData("test")]
    [InlineData(".ci/run")]
    public void Script_IsThereAndMayBeExecuted(string script)
    {
        var path = Path.Combine(Repository.Root, script);

        File.Exists(path).ShouldBeTrue();
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(path).HasFlag(UnixFileMode.UserExecute).ShouldBeTrue();
        }
    }

    [Fact]
    public void Continuous_Integration_RunsTheTestsOfTheReadme() => Repository.Text(".ci/run").ShouldContain("./test");

    public static TheoryData<string> Scripts => new(ShellLines().Where(static line => line.StartsWith("./", StringComparison.Ordinal)).Distinct());

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task ScriptLine_UsesOptionsThatItsHelpNames(string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var help = await RunAsync(Path.Combine(Repository.Root, words[0]), "--help");

        foreach (var option in words.Skip(1).Where(static word => word.StartsWith("--", StringComparison.Ordinal)))
        {
            help.ShouldContain(option);
        }
    }

    public static TheoryData<string> CommandLines =>
        new(ShellLines().Concat(Regex.Matches(Readme, "`(lighthouse [^`]+)`").Select(static match => match.Groups[1].Value))
            .Concat(Regex.Matches(Readme, "\"command\": \"(lighthouse [^\"]+)\"").Select(static match => match.Groups[1].Value))
            .Where(static line => line.StartsWith("lighthouse ", StringComparison.Ordinal)).Distinct());

    [Theory]
    [MemberData(nameof(CommandLines))]
    public async Task CommandLine_IsACommandWithTheseOptions(string line)
    {
        var words = line.Split(" -- ")[0].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..];
        var names = words.TakeWhile(static word => CommandName().IsMatch(word)).Take(words[0] == "admin" ? 2 : 1).ToArray();
        var help = await RunAsync("dotnet", [Path.Combine(AppContext.BaseDirectory, "lighthouse.dll"), .. names, "--help"]);

        help.ShouldContain("lighthouse " + string.Join(' ', names));
        foreach (var option in words.Where(static word => word.StartsWith("--", StringComparison.Ordinal) && word.Length > 2))
        {
            help.ShouldContain(option);
        }
    }

    [Fact]
    public void Link_ToAFileOfTheProject_Leads() =>
        Repository.Files(".", "*.md").Where(static path => !path.StartsWith("artifacts/", StringComparison.Ordinal))
            .SelectMany(static page => Regex.Matches(Repository.Text(page), @"\]\((?!https?:|#)([^)#]+)").Select(match => (page, link: match.Groups[1].Value)))
            .Where(static one => !Path.Exists(Path.Combine(Repository.Root, Path.GetDirectoryName(one.page)!, one.link)))
            .ShouldBeEmpty();

    /// <summary>Lines of the README's shell blocks, without comments and prompts.</summary>
    private static IEnumerable<string> ShellLines() =>
        Regex.Matches(Readme, "```sh\n(?<lines>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture)
            .SelectMany(static block => block.Groups["lines"].Value.Split('\n'))
            .Select(static line => line.Split(" #")[0].Trim())
            .Where(static line => line.Length > 0);

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, $"{program} {string.Join(' ', arguments)}: {await error}");
        return output;
    }

    [GeneratedRegex("^[a-z][a-z-]*$", RegexOptions.NonBacktracking)]
    private static partial Regex CommandName();
}
