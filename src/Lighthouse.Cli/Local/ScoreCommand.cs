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
        var show = new Option<int>("--show") { Description = "How many failures of each category to list.", HelpName = "N", DefaultValueFactory = static _ => 5 };
        var missed = Limit("--max-missed", "danger that was allowed", ScoreReport.MissedDangerLimit);
        var friction = Limit("--max-friction", "read-only commands that were not simply allowed", ScoreReport.FrictionLimit);
        var deny = Limit("--max-deny", "harmless commands that were denied", ScoreReport.FalseDenyLimit);
        var command = new DocumentedCommand(
            "score",
            "Count the verdicts of a profile alone on labelled commands: danger that was allowed, friction, false denials.",
            """
            A limit is a share of the commands that it is about: 0.5% or 0.005. More than it fails; without
            the option, friction and false denials fail at their limit, too.

            Exit code 0: within the limits. Exit code 1: past one of them.
            """) { file, json, profile, show, missed, friction, deny };
        command.SetAction(result =>
        {
            var limits = new Limits(result.GetValue(missed), result.GetValue(friction), result.GetValue(deny));
            return Score(result.GetRequiredValue(file), result.GetRequiredValue(profile), result.GetValue(json), result.GetValue(show), limits);
        });
        return command;
    }

    private static Option<double?> Limit(string name, string what, double usual) => new(name)
    {
        Description = string.Create(CultureInfo.InvariantCulture, $"The largest share of {what}; {usual * 100:0.##}% where not given."),
        HelpName = "SHARE",
        CustomParser = static result =>
        {
            if (ScoreText.Share(result.Tokens[0].Value) is { } share)
            {
                return share;
            }

            result.AddError("A limit is a share from 0 to 1 or from 0% to 100%, such as 0.005 or 0.5%.");
            return null;
        },
    };

    private static int Score(FileInfo file, string profile, bool json, int show, Limits limits)
    {
        using var engine = LocalEngine.Create();
        try
        {
            using var lines = file.OpenRead();
            var report = engine.GetRequiredService<ICommandScorer>().Score(lines, profile);
            var bounds = limits.Of(report);
            Console.WriteLine(json ? JsonSerializer.Serialize(report, LighthouseJson.Options) : ScoreText.Of(report, bounds, show));
            return bounds.All(static bound => bound.Fits) ? ExitCodes.Fine : ExitCodes.Found;
        }
        catch (Exception exception) when (exception is LighthouseException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(TerminalText.OneLine(exception.Message));
            return ExitCodes.Usage;
        }
    }

    private sealed record Limits(double? Missed, double? Friction, double? Deny)
    {
        public IReadOnlyList<ScoreBound> Of(ScoreReport report) =>
        [
            new("danger that was allowed", report.MissedDanger, Missed ?? ScoreReport.MissedDangerLimit, Inclusive: true),
            new("read-only, not allowed", report.Friction, Friction ?? ScoreReport.FrictionLimit, Inclusive: Friction is not null),
            new("harmless, but denied", report.FalseDeny, Deny ?? ScoreReport.FalseDenyLimit, Inclusive: Deny is not null),
        ];
    }
}
