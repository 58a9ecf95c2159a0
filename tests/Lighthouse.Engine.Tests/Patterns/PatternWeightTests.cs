using System.Diagnostics;
using System.Text.Json;
using Lighthouse.Contracts;
using Lighthouse.Engine.Tests.Commands.Analyser;
using Lighthouse.Engine.Validation.Policies;
using Lighthouse.Engine.Validation.Tiers.Pattern;

namespace Lighthouse.Engine.Tests.Patterns;

public sealed class PatternWeightTests
{
    private static readonly PatternBook Book = new();

    public static IEnumerable<TheoryDataRow<string, string>> Shows() =>
        Book.File.Patterns.SelectMany(static one => one.Shows.Select(command => new TheoryDataRow<string, string>(one.Id, command)));

    public static IEnumerable<TheoryDataRow<string, string>> ShowsNot() =>
        Book.File.Patterns.SelectMany(static one => one.Not.Select(command => new TheoryDataRow<string, string>(one.Id, command)));

    [Theory]
    [MemberData(nameof(Shows))]
    public void Pattern_IsSeenInItsExample_AndItsWeightCounts(string id, string command)
    {
        var view = View(command);
        PatternMeasures.All[id](view).ShouldBeGreaterThan(0);
        var weight = Book.File.Patterns.Single(one => one.Id == id).Weight;
        var without = With(Book.File with { Patterns = [.. Book.File.Patterns.Select(one => one.Id == id ? one with { Weight = 0 } : one)] }).Score(view).Confidence;
        (Book.Score(view).Confidence > without).ShouldBe(weight > 0);
    }

    [Theory]
    [MemberData(nameof(ShowsNot))]
    public void Pattern_IsNotSeenInItsCounterExample(string id, string command) => PatternMeasures.All[id](View(command)).ShouldBe(0);

    [Fact]
    public void LongCommand_IsSeen() => PatternMeasures.All["long-command"](View("echo " + new string('a', 6_000))).ShouldBeInRange(0.4, 0.6);

    [Fact]
    public void NoSinglePattern_Denies()
    {
        foreach (var pattern in Book.File.Patterns)
        {
            (1 / (1 + Math.Exp(-(Book.File.Bias + pattern.Weight)))).ShouldBeLessThan(Book.File.DenyAt, pattern.Id);
        }
    }

    [Fact]
    public void File_WithAnUnknownPattern_OrThresholdsOutOfOrder_IsRefused()
    {
        Should.Throw<InvalidDataException>(() => With(Book.File with { Patterns = [.. Book.File.Patterns.Skip(1)] }));
        Should.Throw<InvalidDataException>(() => With(Book.File with { Patterns = [.. Book.File.Patterns, Book.File.Patterns[0] with { Id = "other" }] }));
        Should.Throw<InvalidDataException>(() => With(Book.File with { DenyAt = 0.1 }));
    }

    [Fact]
    public void OwnCases_NoneThatIsHarmless_IsDenied_OrRaised()
    {
        var profiles = new ProfileCatalog();
        var (harmless, raised) = (0, new List<string>());
        foreach (var line in OwnCases())
        {
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            if (root.GetProperty("category").GetString() is not ("read-only" or "workspace-write"))
            {
                continue;
            }

            var view = View(root.GetProperty("command").GetString()!);
            harmless++;
            // Only what the profile escalates comes here.
            if (profiles.Evaluate("guarded", view.Analysis).Verdict == Verdict.Escalate && Book.Score(view).Confidence >= Book.File.RaiseAt)
            {
                raised.Add(view.Text);
            }
        }

        harmless.ShouldBeGreaterThan(50);
        raised.ShouldBeEmpty();
    }

    [Fact]
    public void Scoring_TheLongestCommand_StaysFarBelowItsBudget()
    {
        var view = View("echo " + string.Concat(Enumerable.Repeat("$(a) \\x41 QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWY ", 1_100)));
        Book.Score(view);
        var best = TimeSpan.MaxValue;
        for (var i = 0; i < 20; i++)
        {
            var started = Stopwatch.GetTimestamp();
            Book.Score(view);
            best = Stopwatch.GetElapsedTime(started) is var took && took < best ? took : best;
        }

        best.ShouldBeLessThan(TimeSpan.FromMilliseconds(10));
    }

    private static IEnumerable<string> OwnCases()
    {
        using var stream = typeof(PatternBook).Assembly.GetManifestResourceStream("own-commands.jsonl")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0)
            {
                yield return line;
            }
        }
    }

    private static PatternBook With(PatternFile file) => new(JsonSerializer.SerializeToUtf8Bytes(file, LighthouseJson.Options));

    private static PatternView View(string command)
    {
        var request = new DecisionRequest { Tool = "Bash", Input = JsonSerializer.SerializeToElement(new { command }), WorkingDirectory = Analysing.Place.WorkingDirectory };
        return new PatternView(request, Analysing.Analyser.Analyse(request, Analysing.Place));
    }
}
