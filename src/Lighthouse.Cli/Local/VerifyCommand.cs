using System.CommandLine;
using System.Text.Json;
using Lighthouse.Contracts;
using Lighthouse.Engine.EventStore.Contracts;

namespace Lighthouse.Cli.Local;

internal static class VerifyCommand
{
    public static Command Create()
    {
        var data = new Option<string>("--data")
        {
            Description = "The server's data directory.",
            HelpName = "DIR",
            DefaultValueFactory = static _ => LocalEngine.DataDirectory,
        };
        var json = new Option<bool>("--json") { Description = "Print the report as JSON." };
        var command = new DocumentedCommand(
            "verify",
            "Check every event of the log: that none was changed, removed, inserted or moved.",
            """
            Only reads, so it may run beside a server. Exit code 1: the log is broken, and the first broken position is named. Exit code 2: there is no log, or it cannot be opened.
            """) { data, json };
        command.SetAction((result, cancellationToken) =>
            VerifyAsync(Path.GetFullPath(result.GetRequiredValue(data)), result.GetValue(json), cancellationToken));
        return command;
    }

    private static async Task<int> VerifyAsync(string directory, bool json, CancellationToken cancellationToken)
    {
        try
        {
            var report = await EventLogVerifier.VerifyAsync(directory, null, cancellationToken);
            Console.WriteLine(json ? JsonSerializer.Serialize(report, LighthouseJson.Options) : Text(report));
            return report.Ok ? ExitCodes.Fine : ExitCodes.Found;
        }
        catch (LighthouseException problem)
        {
            Console.Error.WriteLine(problem.Message);
            return ExitCodes.Usage;
        }
    }

    private static string Text(VerifyReport report) => report.Ok
        ? $"✓ {report.Events} events, every one as it was written"
        : $"✕ broken at position {report.FirstBrokenPosition?.ToString() ?? "unknown"} ({report.Events} events): {report.Problem}";
}
