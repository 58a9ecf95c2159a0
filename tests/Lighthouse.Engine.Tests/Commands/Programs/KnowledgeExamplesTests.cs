using System.Text.Json;
using Lighthouse.Contracts;
using Lighthouse.Engine.Commands;
using Lighthouse.Engine.Commands.Effects;
using Lighthouse.Engine.Commands.Programs;
using Lighthouse.Engine.Scoring;
using Lighthouse.Engine.Validation.Policies;

namespace Lighthouse.Engine.Tests.Commands.Programs;

/// <summary>Every data file carries its own examples: command lines and the verdict that the default profile gives.</summary>
public sealed class KnowledgeExamplesTests
{
    private static readonly PathPlaces Paths = new();
    private static readonly CommandAnalyser Analyser = new(new ProgramKnowledge(Paths), Paths);
    private static readonly ProfileCatalog Profiles = new();

    public static TheoryData<string> Families => [.. new ProgramTable().Families.Keys];

    [Theory]
    [MemberData(nameof(Families))]
    public void Example_OfADataFile_HasItsVerdict(string family)
    {
        var wrong = new List<string>();
        foreach (var list in new ProgramTable().Families[family].GetProperty("examples").EnumerateObject())
        {
            foreach (var example in list.Value.EnumerateArray())
            {
                var command = example.GetString()!;
                var analysis = Analyser.Analyse(
                    new DecisionRequest { Tool = "Bash", Input = JsonSerializer.SerializeToElement(new { command }) }, CommandScore.NeutralPlace);
                var verdict = Profiles.Evaluate("guarded", analysis);
                if (verdict.Verdict != Enum.Parse<Verdict>(list.Name, ignoreCase: true))
                {
                    wrong.Add($"{list.Name} expected, {verdict.Verdict}: {command} ({verdict.Reason})");
                }
            }
        }

        wrong.ShouldBeEmpty();
    }
}
