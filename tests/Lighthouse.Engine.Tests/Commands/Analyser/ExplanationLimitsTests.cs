using System.Text.Json;
using Lighthouse.Contracts;
using Lighthouse.Engine.Commands.Contracts;

namespace Lighthouse.Engine.Tests.Commands.Analyser;

/// <summary>What the tree says of commands that were written to spoil it.</summary>
public sealed class ExplanationLimitsTests
{
    [Theory]
    [InlineData("""{"cmd":"\ud800"}""")]
    [InlineData("""{"command":"rm \udc00"}""")]
    [InlineData("""{"command":"ls","workdir":"/a\ud800"}""")]
    [InlineData("""{"argv":["rm","\ud800"]}""")]
    [InlineData("""{"\ud800":1,"command":"ls"}""")]
    public void Explain_TextThatIsNone_EscalatesAsTheAnalysisDoes(string input)
    {
        var request = new DecisionRequest { Tool = "Bash", Input = JsonDocument.Parse(input).RootElement };
        var plain = Analysing.Analyser.Analyse(request, Analysing.Place);
        plain.Complete.ShouldBeFalse();
        var explained = Analysing.Explainer.Explain(request, Analysing.Place);
        JsonSerializer.Serialize(explained.Analysis, LighthouseJson.Options).ShouldBe(JsonSerializer.Serialize(plain, LighthouseJson.Options));
        explained.Tree.Parts.ShouldBe([0]);
    }

    [Theory]
    [InlineData("ls a; ")]
    [InlineData("r''m x; ")]
    [InlineData("( ls ) ; ")]
    public void Padding_InFrontOfWhatDecides_DoesNotHideIt(string padding)
    {
        var command = string.Concat(Enumerable.Repeat(padding, 400)) + "sudo r''m -rf /";
        var (analysis, tree) = Explain(command);
        var nodes = Nodes(tree).ToList();
        nodes.Count.ShouldBeLessThanOrEqualTo(240);
        var decides = nodes.Single(node => node.Parts.Contains(0));
        analysis.Parts[0].Risk.ShouldBe(Risk.Critical);
        Text(command, decides).ShouldBe("r''m -rf /");
        decides.Words.ShouldBe(["rm", "-rf", "/"]);
    }

    [Fact]
    public void Padding_PastTheLimit_PutsNoWordsOnWhatStandsAroundIt()
    {
        var command = "( " + string.Concat(Enumerable.Repeat("ls a; ", 400)) + "r''m x; e''cho hi )";
        var around = Nodes(Explain(command).Tree).Where(node => node.Kind is ActionKinds.Subshell or ActionKinds.Request or ActionKinds.List);
        around.ShouldAllBe(node => node.Words == null);
    }

    [Fact]
    public void Nesting_PastTheLimit_KeepsWhatDecidesInSight()
    {
        var command = string.Concat(Enumerable.Repeat("( ", 40)) + "r''m -rf /" + string.Concat(Enumerable.Repeat(" )", 40));
        var decides = Nodes(Explain(command).Tree).Single(node => node.Parts.Contains(0));
        Text(command, decides).ShouldBe("r''m -rf /");
    }

    [Theory]
    [InlineData("f() { cat <<E\nhello\nE\n}; f; f; f")]
    [InlineData("for i in a b c; do cat <<E | sh\nrm -rf ~\nE\ndone")]
    [InlineData("while read x; do sh <<E; done\nrm $x\nE")]
    public void HereDocument_OnEveryPass_IsTheSameNode(string command)
    {
        var nodes = Nodes(Explain(command).Tree).ToList();
        nodes.Count(node => node.Kind == ActionKinds.HereDocument).ShouldBe(1);
        nodes.ShouldAllBe(node => node.Children.DistinctBy(child => new { child.Kind, child.Start, child.Length }).Count() == node.Children.Count);
    }

    [Fact]
    public void Words_WithBlanksOrNothingInThem_KeepTheirBorders()
    {
        var node = Nodes(Explain("r''m \"$UNKNOWN\" 'a b ' '' c").Tree).Single(node => node.Words is not null);
        node.Words.ShouldBe(["rm", "…", "a b ", "", "c"]);
        ShownWords.Line(node.Words!).ShouldBe("rm … 'a b ' '' c");
    }

    [Fact]
    public void Target_TooLong_IsNotCutInsideACharacter()
    {
        var part = Analysing.Command("rm /home/dev/x" + string.Concat(Enumerable.Repeat("😀", 400))).Parts[0];
        part.Target!.Length.ShouldBeLessThanOrEqualTo(512);
        part.Target.EnumerateRunes().ShouldAllBe(rune => rune.Value != 0xFFFD);
        Analysing.Command("rm /home/dev/" + string.Concat(Enumerable.Repeat("😀", 400))).Parts[0].Target!.EnumerateRunes().ShouldAllBe(rune => rune.Value != 0xFFFD);
    }

    [Fact]
    public void NameOfTool_TooLong_IsNotCutInsideACharacter()
    {
        foreach (var start in (string[])["", "x"])
        {
            Analysing.Tool(start + string.Concat(Enumerable.Repeat("😀", 60)), new { }).Problem!.EnumerateRunes().ShouldAllBe(rune => rune.Value != 0xFFFD);
        }
    }

    private static string Text(string command, ActionNode node) => command.Substring(node.Start, node.Length);

    private static IEnumerable<ActionNode> Nodes(ActionNode node) => node.Children.SelectMany(Nodes).Prepend(node);

    private static ExplainedAction Explain(string command) =>
        Analysing.Explainer.Explain(new DecisionRequest { Tool = "Bash", Input = JsonSerializer.SerializeToElement(new { command }) }, Analysing.Place);
}
