using Lighthouse.Contracts;
using Lighthouse.Web.Ui;

namespace Lighthouse.Web.Tests.Ui;

public sealed class CommandSegmentsTests
{
    [Fact]
    public void Of_Mark_IsExactlyTheStretchThatDecided()
    {
        var segments = CommandSegments.Of("ls && rm -rf /", new TextMark(6, 8, Risk.Critical));
        segments.ShouldBe([new("ls && ", 0, 6, false, false), new("rm -rf /", 6, 14, true, false)]);
    }

    [Fact]
    public void Of_MarkOverALineBreak_GoesOn()
    {
        const string command = "sudo \\\n  rm x\nls";
        Decided(command, new TextMark(0, command.IndexOf("\nls", StringComparison.Ordinal), Risk.High)).ShouldBe("sudo \\\n  rm x");
    }

    [Fact]
    public void Of_CharactersOfTwoUnits_KeepTheOffsetsRight()
    {
        const string command = "echo 😀😀 && rm '😀'";
        Decided(command, new TextMark(command.IndexOf("rm", StringComparison.Ordinal), 7, Risk.High)).ShouldBe("rm '😀'");
    }

    [Theory]
    [InlineData(6, 1)]
    [InlineData(5, 1)]
    [InlineData(6, 2)]
    public void Of_BorderInsideACharacter_NeverCutsIt(int start, int length)
    {
        var segments = CommandSegments.Of("echo 😀x", new TextMark(start, length, Risk.High));
        string.Concat(segments.Select(segment => segment.Text)).ShouldBe("echo 😀x");
        segments.ShouldAllBe(segment => !segment.Text.Contains('\uFFFD'));
        Decided("echo 😀x", new TextMark(start, length, Risk.High)).ShouldStartWith("😀");
    }

    [Fact]
    public void Of_RightToLeftOverride_IsSpelledOutAndTheMarkStaysInPlace()
    {
        var segments = CommandSegments.Of("rm \u202Egpj.x", new TextMark(4, 5, Risk.High));
        segments.ShouldBe([new("rm ", 0, 3, false, false), new("U+202E", 3, 4, false, true), new("gpj.x", 4, 9, true, false)]);
    }

    [Fact]
    public void Of_HiddenCharacterInsideTheMark_IsPartOfIt()
    {
        var segments = CommandSegments.Of("rm a\u200bb", new TextMark(3, 3, Risk.High));
        segments.Where(segment => segment.Decides).Select(segment => segment.Text).ShouldBe(["a", "U+200B", "b"]);
    }

    [Theory]
    [InlineData(-5, 3)]
    [InlineData(2, 1000)]
    [InlineData(1000, 5)]
    [InlineData(3, int.MaxValue)]
    public void Of_OffsetsOutsideTheText_AreClamped(int start, int length)
    {
        var segments = CommandSegments.Of("ls -la", new TextMark(start, length, Risk.Low));
        string.Concat(segments.Select(segment => segment.Text)).ShouldBe("ls -la");
    }

    [Fact]
    public void Of_Tree_CutsAtEveryNode()
    {
        var tree = new ActionNode { Kind = "list", Length = 11, Children = [new ActionNode { Kind = "command", Length = 2 }, new ActionNode { Kind = "command", Start = 6, Length = 5 }] };
        CommandSegments.Of("ls && rm -x", null, tree).Select(segment => segment.Text).ShouldBe(["ls", " && ", "rm -x"]);
    }

    [Fact]
    public void Of_LargestCommand_StaysWholeWithItsMarkAtTheEnd()
    {
        var command = string.Concat(Enumerable.Repeat("echo \u200b ok\n", 4_600)) + "rm -rf /";
        var segments = CommandSegments.Of(command, new TextMark(command.Length - 8, 8, Risk.Critical));
        segments[^1].ShouldBe(new CommandSegment("rm -rf /", command.Length - 8, command.Length, true, false));
        segments.Sum(segment => segment.End - segment.At).ShouldBe(command.Length);
    }

    [Fact]
    public void Of_TheSameHiddenCharacterManyTimes_IsOneSegment()
    {
        var segments = CommandSegments.Of("ls" + new string('\u007f', 65_000) + "x", null);
        segments.ShouldBe([new("ls", 0, 2, false, false), new("U+007F ×65,000", 2, 65_002, false, true), new("x", 65_002, 65_003, false, false)]);
    }

    [Fact]
    public void Of_HiddenCharactersInTurns_StaysAPageThatCanBeShown()
    {
        var command = string.Concat(Enumerable.Repeat("\u007f\u200b", 32_000)) + "rm -rf /";
        var segments = CommandSegments.Of(command, new TextMark(command.Length - 8, 8, Risk.Critical));
        segments.Count.ShouldBeLessThan(3_000);
        segments.Sum(segment => segment.End - segment.At).ShouldBe(command.Length);
        segments[^1].Text.ShouldBe("rm -rf /");
        string.Concat(segments.Select(segment => segment.Text)).ShouldNotContain("\u200b");
    }

    [Theory]
    [InlineData("\u001b[2K")]
    [InlineData("\u200b")]
    [InlineData("\u3164")]
    [InlineData("\U000E0041")]
    [InlineData("\u00a0")]
    [InlineData("\r")]
    public void Reveal_WhatAScreenHides_IsSpelledOut(string hidden) =>
        HiddenCharacters.Reveal("a" + hidden + "b").ShouldContain("⟨U+");

    [Fact]
    public void Reveal_OrdinaryText_StaysAsItIs() => HiddenCharacters.Reveal("grep -n 'é' ./a").ShouldBe("grep -n 'é' ./a");

    private static string Decided(string command, TextMark mark) =>
        string.Concat(CommandSegments.Of(command, mark).Where(segment => segment.Decides).Select(segment => segment.Text));
}
