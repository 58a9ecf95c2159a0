using System.CommandLine;

namespace Lighthouse.Cli.Hooks;

internal static class HookCommand
{
    public static Command Create()
    {
        var hold = new Option<int?>("--hold-seconds")
        {
            Description = "How long the call may wait for a human (0 to 3600). Default: the server's setting, 300. Give the host a longer timeout than this.",
        };
        hold.Validators.Add(static result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out var seconds) && seconds is < 0 or > 3600)
            {
                result.AddError("--hold-seconds is 0 to 3600.");
            }
        });
        var failOpen = new Option<bool>("--fail-open")
        {
            Description = "Let calls run while the server cannot be reached. Default: block them (exit code 2).",
        };
        var host = new Argument<string>("host") { Description = "The agent's host: claude-code." };
        host.AcceptOnlyFromAmong("claude-code");
        var command = new DocumentedCommand(
            "hook",
            "Judge one call of an agent: the host's JSON on standard input, the answer in the host's words on standard output.",
            $"""
            Environment: {ServerSettings.UrlVariable} (default {ServerSettings.DefaultUrl}) and {ServerSettings.KeyVariable} (an API key of role agent).
            Exit code 0: the answer is on standard output ("no opinion" is empty). Exit code 2: blocked, the reason is on standard error.
            """) { host, hold, failOpen };
        command.SetAction(async (result, cancellationToken) =>
        {
            var seconds = result.GetValue(hold);
            var relay = new HookRelay(
                result.GetRequiredValue(host), seconds is { } wait ? TimeSpan.FromSeconds(wait) : null, result.GetValue(failOpen));
            await using var input = Console.OpenStandardInput();
            await using var output = Console.OpenStandardOutput();
            return await relay.RunAsync(input, output, Console.Error, cancellationToken);
        });
        return command;
    }
}
