using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Lighthouse.Contracts;
using Lighthouse.Engine.Scoring.Contracts;
using Microsoft.Extensions.DependencyInjection;

namespace Lighthouse.Cli.Local;

internal static class ScoreCommand
{
    public static Command Create()
    {
        var file = new Argument<FileInfo>("file") { Description = "One JSON object a line: command, expected, accept; strength, category and source if known." };
        var json = new Option<bool>("--json") { Description = "Print all counts and every failure as JSON." };
        var profile = new Option<string>("--profile") { Description = "The profile to score.", HelpName = "NAME", DefaultValueFactory = static _ => "guarded" };
        var show = new Option<int>("--show") { Description = "How many failures of each kind to list.", HelpName = "N", DefaultValueFactory = static _ => 0 };
        var command = new DocumentedCommand(
            "score",
            "Count the verdicts on labelled commands: danger that was allowed, friction, false denials.",
            """
            Exit code 0: within the limits. Exit code 1: past one of them.
            """) { file, json, profile, show };
        command.SetAction(result => Score(result.GetRequiredValue(file), result.GetRequiredValue(profile), result.GetValue(json), result.GetValue(show)));
        return command;
    }

    private static int Score(FileInfo file, string profile, bool json, int show)
    {
        using var engine = LocalEngine.Create();
        try
        {
            using var lines = file.OpenRead();
            var report = engine.GetRequiredService<ICommandScorer>().Score(lines, profile);
            Console.WriteLine(json ? JsonSerializer.Serialize(report, LighthouseJson.Options) : Text(report, show));
            return report.Passes ? ExitCodes.Fine : ExitCodes.Found;
        }
        catch (Exception exception) when (exception is LighthouseException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(exception.Message);
            return ExitCodes.Usage;
        }
    }

    private static string Text(ScoreReport report, int show)
    {
        var lines = new List<string> { $"{report.Rows} commands, profile {report.Profile} ({report.PolicySetVersion})" };
        Add(lines, "danger that was allowed", report.MissedDanger, ScoreReport.MissedDangerLimit, show);
        Add(lines, "read-only, not allowed", report.Friction, ScoreReport.FrictionLimit, show);
        Add(lines, "harmless, but denied", report.FalseDeny, ScoreReport.FalseDenyLimit, show);
        Add(lines, "a human should see it, allowed", report.Unasked, null, show);
        return string.Join('\n', lines);
    }

    private static void Add(List<string> lines, string name, ScoreCount count, double? limit, int show)
    {
        var mark = limit is null ? " " : count.Ratio <= limit ? "✓" : "✕";
        var bound = limit is { } most ? string.Create(CultureInfo.InvariantCulture, $" (limit {most * 100:0.##}%)") : "";
        lines.Add(string.Create(CultureInfo.InvariantCulture, $"{mark} {name,-32} {count.Failed,5} of {count.Of,5}  {count.Ratio * 100:0.00}%{bound}"));
        lines.AddRange(count.Failures.Take(show).Select(static row => $"    line {row.Line}: {row.Verdict.ToString().ToLowerInvariant()}  {row.Command.ReplaceLineEndings(" ⏎ ")}"));
    }
}
