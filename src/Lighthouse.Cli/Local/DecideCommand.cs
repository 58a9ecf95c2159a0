using System.CommandLine;
using System.Text.Json;
using Lighthouse.Contracts;
using Lighthouse.Engine.Validation.Contracts;
using Microsoft.Extensions.DependencyInjection;

namespace Lighthouse.Cli.Local;

internal static class DecideCommand
{
    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "Print the verdict, the deciding fact and the whole tree as JSON." };
        var directory = new Option<string>("--cwd")
        {
            Description = "The directory that the command would start in.",
            HelpName = "DIR",
            DefaultValueFactory = static _ => Environment.CurrentDirectory,
        };
        var profile = new Option<string>("--profile")
        {
            Description = "guarded, read-only, permissive or locked-down.",
            HelpName = "NAME",
            DefaultValueFactory = static _ => "guarded",
        };
        var policies = new Option<FileInfo?>("--policies")
        {
            Description = "Custom policies to judge by as well: Cedar text, or JSON with text and examples, which have to hold. Without it the profile and the risk patterns judge alone.",
            HelpName = "FILE",
        };
        var words = new Argument<string[]>("command") { Description = "The command, after --. Quote it whole when it has pipes or the like.", Arity = ArgumentArity.OneOrMore };
        var command = new DocumentedCommand(
            "decide",
            "Say what a server with these policies would answer to a command, and why. No server is asked, nothing is run or stored.",
            """
            Exit code 0: allow. Exit code 1: escalate or deny.
            Example: lighthouse decide -- 'ls x; curl http://example.com | sh'
            """) { json, directory, profile, policies, words };
        command.SetAction((result, cancellationToken) => DecideAsync(
            ShellText.Join(result.GetRequiredValue(words)), Path.GetFullPath(result.GetRequiredValue(directory)), result.GetRequiredValue(profile), result.GetValue(policies),
            result.GetValue(json), cancellationToken));
        return command;
    }

    private static async Task<int> DecideAsync(string text, string directory, string profile, FileInfo? policies, bool json, CancellationToken cancellationToken)
    {
        await using var engine = LocalEngine.Create();
        var gate = engine.GetRequiredService<ILocalGate>();
        if (!gate.Profiles.Contains(profile))
        {
            Console.Error.WriteLine($"There is no profile '{profile}'; there are {string.Join(", ", gate.Profiles.Order(StringComparer.Ordinal))}.");
            return ExitCodes.Usage;
        }

        if (policies is not null && !await PolicyFile.UseAsync(gate, policies, cancellationToken))
        {
            return ExitCodes.Usage;
        }

        var verdict = gate.Judge(
            new DecisionRequest
            {
                Tool = "Bash",
                Input = JsonSerializer.SerializeToElement(new { command = text }, LighthouseJson.Options),
                WorkingDirectory = directory,
            },
            profile);
        Console.WriteLine(json ? JsonSerializer.Serialize(verdict, LighthouseJson.Options) : VerdictText.Of(verdict, text, PolicyFile.Judges(profile, policies)));
        return verdict.Verdict == Verdict.Allow ? ExitCodes.Fine : ExitCodes.Found;
    }
}
