using Lighthouse.Engine.Validation.Contracts;
using Lighthouse.Web.Features.Policies;

namespace Lighthouse.Web.Tests.Features.Policies;

public sealed class VersionComparisonTests
{
    [Fact]
    public void Change_HasItsNumbersOnBothSides_AndUnchangedStretchesAreFolded()
    {
        var before = string.Join('\n', Enumerable.Range(1, 20).Select(static i => "line " + i));
        var lines = VersionComparison.Of(before, before.Replace("line 10\n", "ten\nand a half\n", StringComparison.Ordinal));
        lines.Where(static one => one.Change == LineChange.Gap).Select(static one => one.Text).ShouldBe(["6 unchanged lines", "7 unchanged lines"]);
        lines.Where(static one => one.Change == LineChange.Removed).ShouldBe([new ComparedLine(LineChange.Removed, 10, null, "line 10")]);
        lines.Where(static one => one.Change == LineChange.Added).Select(static one => one.After).ShouldBe([10, 11]);
        lines[^2].ShouldBe(new ComparedLine(LineChange.Same, 13, 14, "line 13"));
    }

    [Fact]
    public void SameText_IsOneFold() => VersionComparison.Of("a\nb", "a\nb").ShouldHaveSingleItem().Change.ShouldBe(LineChange.Gap);

    [Fact]
    public void Example_IsALineThatSaysItsClaim() => VersionComparison.Words(PolicyStarter.Examples.Take(2))
        .ShouldBe("no-history-rewrite must match: git push --force origin main → deny\nno-history-rewrite must not match: git push origin main");

    [Fact]
    public void Example_OfAnotherTool_NamesIt() => VersionComparison.Words([new PolicyExample { Policy = "p", Request = TrialInput.Of("Read", "/etc/hosts", "/w", "", "guarded") }])
        .ShouldBe("p must match: /etc/hosts (Read)");
}
