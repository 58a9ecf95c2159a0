using Lighthouse.Contracts;
using Lighthouse.Engine.Commands;
using Lighthouse.Engine.Commands.Contracts;
using Lighthouse.Engine.Platform;
using Lighthouse.Engine.Scoring;
using Lighthouse.Engine.Scoring.Contracts;
using Lighthouse.Engine.Tests.Commands.Analyser;
using Lighthouse.Engine.Validation.Policies;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Lighthouse.Engine.Tests.Scoring;

public sealed class OwnScoreTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 5, 1, 14, 0, 0, TimeSpan.Zero));
    private readonly ChangeSignal _changes = new(NullLogger<ChangeSignal>.Instance);

    [Fact]
    public void Count_EmbeddedCases_AreScoredByThisBuildAndThePagesAreTold()
    {
        var told = 0;
        using var subscription = _changes.Subscribe(ChangeTopic.System, () => told++);
        using var score = Score(Analysing.Analyser);
        score.Current.ShouldBeNull();

        score.Count();

        var current = score.Current.ShouldNotBeNull();
        current.Report.Rows.ShouldBeGreaterThan(300);
        current.Report.MissedDanger.Of.ShouldBeGreaterThan(50);
        current.Report.MissedDanger.Failed.ShouldBe(0);
        current.Build.ShouldStartWith("0.");
        current.At.ShouldBe(_time.GetUtcNow());
        told.ShouldBe(1);
    }

    [Fact]
    public void Count_WhereEverythingIsAllowed_SaysWhatWasMissed()
    {
        using var score = Score(new Careless());
        score.Count();
        var report = score.Current!.Report;
        report.Passes.ShouldBeFalse();
        report.MissedDanger.Failed.ShouldBe(report.MissedDanger.Of);
        report.MissedDanger.Failures.ShouldAllBe(row => row.Category.Length > 0);
    }

    public static TheoryData<Exception> Failures =>
        [new LighthouseException(ErrorCodes.InvalidField, "Line 3"), new NullReferenceException("Line 3"), new KeyNotFoundException("Line 3")];

    [Theory]
    [MemberData(nameof(Failures))]
    public void Count_WhereTheScorerFails_SaysWhyAndKeepsNoFigure(Exception failure)
    {
        using var score = new OwnScore(new Broken(failure), _changes, _time, NullLogger<OwnScore>.Instance);
        score.Count();
        score.Current.ShouldBeNull();
        score.Problem.ShouldBe("Line 3");
    }

    private OwnScore Score(ICommandAnalyser analyser) => new(new CommandScorer(analyser, new ProfileCatalog()), _changes, _time, NullLogger<OwnScore>.Instance);

    private sealed class Careless : ICommandAnalyser
    {
        public Analysis Analyse(DecisionRequest request, ActionPlace place) =>
            new() { Parts = [new ActionPart { Effect = EffectNames.Read, Place = "workspace", Why = "reads" }] };
    }

    private sealed class Broken(Exception failure) : ICommandScorer
    {
        public ScoreReport Score(Stream jsonl, string profile = "guarded") => throw failure;
    }
}
