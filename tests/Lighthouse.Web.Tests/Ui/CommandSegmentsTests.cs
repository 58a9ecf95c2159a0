using Lighthouse.Contracts;
using Lighthouse.Web.Ui;

namespace Lighthouse.Web.Tests.Ui;

public sealed class CommandSegmentsTests
{
    private static ActionPart Part(int start, int length, Risk risk, string why = "does it") =>
        new() { Start = start, Length = length, Effect = "delete", Risk = risk, Why = why };

    [Fact]
    public void Of_OverlappingParts_TakesTheWorstRisk()
    {
        var segments = CommandSegments.Of("sudo rm -rf /", [Part(0, 13, Risk.High), Part(5, 8, Risk.Critical)]);
        segments.ShouldBe([new("sudo ", Risk.High, false), new("rm -rf /", Risk.Critical, false)]);
    }

    [Fact]
    public void Of_RightToLeftOverride_IsSpelledOut()
    {
        var segments = CommandSegments.Of("rm \u202Egpj.x", []);
        segments.ShouldBe([new("rm ", null, false), new("U+202E", null, true), new("gpj.x", null, false)]);
    }

    [Theory]
    [InlineData(-5, 3)]
    [InlineData(2, 1000)]
    [InlineData(1000, 5)]
    [InlineData(3, int.MaxValue)]
    public void Of_OffsetsOutsideTheText_AreClamped(int start, int length)
    {
        var segments = CommandSegments.Of("ls -la", [Part(start, length, Risk.Low)]);
        string.Concat(segments.Select(segment => segment.Text)).ShouldBe("ls -la");
    }

    [Fact]
    public void Deciding_HarmlessBesideDangerous_KeepsTheDangerous()
    {
        var analysis = new Analysis { Risk = Risk.High, Parts = [Part(0, 2, Risk.Low, "reads"), Part(3, 2, Risk.High, "deletes")] };
        CommandSegments.Deciding(analysis).Select(part => part.Why).ShouldBe(["deletes"]);
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
}
