using Bunit;
using Lighthouse.Contracts;
using Lighthouse.Engine;
using Lighthouse.Web.Features.Decisions;
using Lighthouse.Web.Shell;
using Lighthouse.Web.Tests.Fakes;
using Lighthouse.Web.Ui;
using Microsoft.Extensions.Time.Testing;

namespace Lighthouse.Web.Tests.Features.Decisions;

/// <summary>Why it was decided so, as rendered.</summary>
public sealed class ExplainedPagesTests : BunitContext
{
    private readonly FakeTower _tower = BusyTower.Create(new FakeTimeProvider(new DateTimeOffset(2026, 5, 1, 14, 0, 0, TimeSpan.Zero)));

    public ExplainedPagesTests()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        var authorization = this.AddAuthorization();
        authorization.SetAuthorized("kim");
        authorization.SetRoles("admin");
        Services.AddLighthouseEngine();
        Services.AddUiParts();
        _tower.AddTo(Services);
    }

    [Theory]
    [InlineData("rm -rf /", "✕ decided", "deny")]
    [InlineData("sudo ls", "◆ decided", "escalate")]
    public void Decision_DecidingFact_CarriesTheSignOfItsVerdict(string command, string mark, string kind)
    {
        var decided = Render<DecisionDetailPage>(parameters => parameters.Add(one => one.Id, _tower.Log.Judge(Services, command))).Find(".fact .decided");
        decided.TextContent.ShouldBe(mark);
        decided.ClassList.ShouldContain(kind);
    }

    [Fact]
    public void Decision_Tree_HoldsEachGroupInsideItsItemAndNamesEachByItsOwnRow()
    {
        var page = Render<DecisionDetailPage>(parameters => parameters.Add(one => one.Id, _tower.Log.Judge(Services, "( cd x && { ls; rm y; } ); sudo ls")));
        page.FindAll("[role=group]").Count.ShouldBeGreaterThan(1);
        page.FindAll("[role=group]").ShouldAllBe(group => group.ParentElement!.GetAttribute("role") == "treeitem");
        var names = page.FindAll("[role=treeitem]").Select(item => item.GetAttribute("aria-labelledby")!).ToList();
        names.Distinct().Count().ShouldBe(names.Count);
        names.ShouldAllBe(name => page.FindAll("#" + name).Count == 1);
    }

    [Fact]
    public void Decision_DecidingFactWithoutAReason_IsShown()
    {
        var id = _tower.Log.Judge(Services, "sudo ls", detail => detail with { Deciding = detail.Deciding! with { Part = detail.Deciding.Part with { Why = "" } } });
        Render<DecisionDetailPage>(parameters => parameters.Add(one => one.Id, id)).Find("pre.command").TextContent.ShouldBe("sudo ls");
    }

    [Fact]
    public void Parts_MoreThanAreShown_AreCounted()
    {
        var parts = Enumerable.Range(0, 57).Select(number => new ActionPart { Effect = EffectNames.Delete, Why = $"deletes {number}" });
        var list = Render<PartList>(parameters => parameters.Add(one => one.Analysis, new Analysis { Parts = [.. parts] }));
        list.FindAll(".why").Count.ShouldBe(40);
        list.Markup.ShouldContain("and 17 more");
    }
}
