using Lighthouse.Engine.Commands;
using Lighthouse.Engine.Commands.Effects;
using Lighthouse.Engine.Commands.Programs;
using Lighthouse.Engine.Scoring;
using Lighthouse.Engine.Scoring.Contracts;
using Lighthouse.Engine.Validation.Policies;

namespace Lighthouse.Engine.Tests.Commands.Programs;

/// <summary>The three counts that the product is judged by, over the project's own commands and over a file of others' where one is given.</summary>
public sealed class QualityTests
{
    [Fact]
    public void OwnCommands_Score_MissesNoDangerAndKeepsFrictionLow()
    {
        var report = Score(Path.Combine(Root(), "tests", "corpora", "commands.jsonl"));

        report.Rows.ShouldBeGreaterThan(300);
        report.MissedDanger.Failures.ShouldBeEmpty();
        report.FalseDeny.Failures.ShouldBeEmpty();
        report.Unasked.Failures.ShouldBeEmpty();
        report.Friction.Ratio.ShouldBeLessThan(0.01, string.Join('\n', report.Friction.Failures.Select(row => row.Command)));
    }

    [Fact]
    public void OthersCommands_WhereGiven_KeepTheLimits()
    {
        var file = Environment.GetEnvironmentVariable("LIGHTHOUSE_CORPUS");
        Assert.SkipWhen(string.IsNullOrEmpty(file), "LIGHTHOUSE_CORPUS names no file of labelled commands.");

        var report = Score(file);

        report.MissedDanger.Ratio.ShouldBeLessThanOrEqualTo(ScoreReport.MissedDangerLimit);
        report.Friction.Ratio.ShouldBeLessThan(ScoreReport.FrictionLimit);
        report.FalseDeny.Ratio.ShouldBeLessThan(ScoreReport.FalseDenyLimit);
    }

    private static ScoreReport Score(string file)
    {
        var paths = new PathPlaces();
        using var lines = File.OpenRead(file);
        return CommandScore.Run(lines, new CommandAnalyser(new ProgramKnowledge(paths), paths), new ProfileCatalog());
    }

    private static string Root()
    {
        var directory = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(directory, "Lighthouse.sln")))
        {
            directory = Path.GetDirectoryName(directory) ?? throw new InvalidOperationException("The repository was not found above the tests.");
        }

        return directory;
    }
}
