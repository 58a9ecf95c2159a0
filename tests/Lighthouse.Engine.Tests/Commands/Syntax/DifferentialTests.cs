using System.Text.Json;
using CsCheck;
using Lighthouse.Engine.Commands.Syntax;

namespace Lighthouse.Engine.Tests.Commands.Syntax;

public sealed class DifferentialTests
{
    // Fixed, so that a build is repeatable; LIGHTHOUSE_FUZZ_SEED looks elsewhere.
    private static readonly string _seed = Environment.GetEnvironmentVariable("LIGHTHOUSE_FUZZ_SEED") ?? "0000KdmjJXd6";

    private sealed record Difference(string Kind, string Says, string Example, string Why);

    private static List<Difference> Argued() => File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Commands", "Syntax", "argued-differences.tsv"))
        .Where(line => line.Length > 0 && line[0] != '#')
        .Select(line => line.Split('\t'))
        .Select(fields => new Difference(fields[0], fields[1], JsonSerializer.Deserialize<string>(fields[2])!, fields[3]))
        .ToList();

    [Fact]
    public void ArguedDifference_StillExists()
    {
        var argued = Argued();
        var refusals = OtherShells.BashRefusals(argued.ConvertAll(difference => difference.Example));
        for (var i = 0; i < argued.Count; i++)
        {
            var problem = ShellParser.Parse(argued[i].Example).Problem;
            (refusals[i] is null).ShouldBe(argued[i].Kind == "refused", $"bash on {argued[i].Example}: {refusals[i]}");
            (problem is null).ShouldBe(argued[i].Kind == "accepted", argued[i].Example);
            (problem ?? refusals[i])!.ShouldStartWith(argued[i].Says);
        }
    }

    [Fact]
    public void MutatedScript_IsAcceptedAsByBash() =>
        ScriptGen.Mutated.Array[700].Sample(scripts => Compare(scripts), seed: _seed, iter: 1, threads: 1);

    [Fact]
    public void GrammaticalScript_IsAcceptedAsByBash() =>
        ScriptGen.Script(3).Array[400].Sample(scripts => Compare(scripts), seed: _seed, iter: 1, threads: 1);

    [Fact]
    public void OrdinaryCommand_IsAccepted() => ScriptGen.Ordinary.Select(text => ShellParser.Parse(text).Problem).ShouldAllBe(problem => problem == null);

    [Fact]
    public void GrammaticalScript_HasTheStructureThatShfmtSees() =>
        ScriptGen.Script(3).Array[250].Sample(CompareStructure, seed: _seed, iter: 1, threads: 1);

    [Fact]
    public void MutatedScript_HasTheStructureThatShfmtSees() =>
        ScriptGen.Mutated.Array[300].Sample(CompareStructure, seed: _seed, iter: 1, threads: 1);

    private static void Compare(string[] scripts)
    {
        var says = Argued().Where(difference => difference.Kind == "refused" && difference.Says.Length > 0).Select(difference => difference.Says).ToList();
        var refusals = OtherShells.BashRefusals(scripts);
        var surprises = new List<string>();
        for (var i = 0; i < scripts.Length; i++)
        {
            var problem = ShellParser.Parse(scripts[i]).Problem;
            if ((problem is null) == (refusals[i] is null)
                || (problem is not null && (says.Exists(said => problem.StartsWith(said, StringComparison.Ordinal)) || scripts[i].Contains('`') || problem.Contains("of an expansion", StringComparison.Ordinal))))
            {
                continue;
            }

            surprises.Add($"{JsonSerializer.Serialize(scripts[i])}: bash {refusals[i] ?? "accepts"}, parser {problem ?? "accepts"}");
        }

        surprises.ShouldBeEmpty();
    }

    private static void CompareStructure(string[] scripts)
    {
        foreach (var script in scripts)
        {
            if (ShellParser.Parse(script).Root is { } root && !script.Contains("let", StringComparison.Ordinal) && OtherShells.ShfmtTree(script) is { } tree)
            {
                TreeSignature.Of(root).ShouldBe(ShfmtSignature.Of(tree), script);
            }
        }
    }
}
