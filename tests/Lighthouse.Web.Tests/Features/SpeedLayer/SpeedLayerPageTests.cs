using Bunit;
using Lighthouse.Contracts;
using Lighthouse.Engine;
using Lighthouse.Engine.Telemetry.Contracts;
using Lighthouse.Engine.Validation.Contracts;
using Lighthouse.Web.Features.Decisions;
using Lighthouse.Web.Features.SpeedLayer;
using Lighthouse.Web.Shell;
using Lighthouse.Web.Tests.Fakes;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Lighthouse.Web.Tests.Features.SpeedLayer;

public sealed class SpeedLayerPageTests : BunitContext
{
    private readonly FakeTower _tower = BusyTower.Create(new FakeTimeProvider(new DateTimeOffset(2026, 5, 1, 14, 0, 0, TimeSpan.Zero)));

    public SpeedLayerPageTests()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        SignIn("operator");
        Services.AddLighthouseEngine();
        Services.AddUiParts();
        _tower.AddTo(Services);
    }

    [Fact]
    public void Page_OneNode_ShowsTheWaterfallAndSaysThatNoRedisIsConfigured()
    {
        var page = Render<SpeedLayerPage>();
        page.FindAll("[role=row] [role=rowheader] b").Select(name => name.TextContent).ShouldBe(["memory", "redis", "policy", "expert"]);
        page.Find(".share").TextContent.ShouldBe("96.3%");
        page.Find(".absent .why").TextContent.ShouldEndWith("Set Lighthouse:Redis:Configuration.");
        page.Markup.ShouldContain("300 requests no policy could judge");
        page.Markup.ShouldContain("842 of 10,000");
        page.Markup.ShouldContain("2 too large");
        page.Markup.ShouldContain("This node is the only one it knows of");
    }

    [Fact]
    public void Page_RedisAway_ShowsBreakerCoherenceAndTheRunbook()
    {
        _tower.Speed.AddRedis(BreakerState.Open, connected: false);
        var page = Render<SpeedLayerPage>();
        page.Find(".sentence").TextContent.ShouldStartWith("Nothing remembered answers");
        page.Find(".breaker.open").TextContent.ShouldContain("breaker open since");
        page.Markup.ShouldContain("It was not possible to connect.");
        page.Markup.ShouldContain("docs/runbooks/redis-unreachable.md");
        page.Markup.ShouldContain("everything: Redis lost what it knew");
        page.Markup.ShouldContain("1 not authentic");
        page.Markup.ShouldContain("shared by all nodes, not counted here");
    }

    [Fact]
    public void Page_NothingMeasured_SaysSoAndShowsNoZero()
    {
        _tower.Figures.TierList.Clear();
        var page = Render<SpeedLayerPage>();
        page.FindAll(".share").ShouldAllBe(share => share.TextContent == "–");
        page.Markup.ShouldContain("not measured in this window");
        page.Markup.ShouldContain("no remembering tier was asked");
        page.Markup.ShouldContain("Nothing is remembered right now");
    }

    [Fact]
    public void HitRatio_AsTable_LeavesOutStepsInWhichNothingWasAsked()
    {
        _tower.Figures.TierSource = (_, span, step) => [.. Enumerable.Range(0, (int)(span / step)).Select(i => new TierPoint(_tower.Time.GetUtcNow() - (i * step), i == 3 ? 9 : 0, i == 3 ? 1 : 0, 0))];
        var page = Render<SpeedLayerPage>();
        page.FindAll("button").Single(button => button.TextContent == "Table").Click();
        page.FindComponent<HitRatioPanel>().FindAll("tbody tr").Single().TextContent.ShouldContain("90%");
    }

    [Fact]
    public void Entries_WhileTheyAreRead_StandStill()
    {
        Remember("ls -la");
        var model = Services.GetRequiredService<SpeedViewModel>();
        model.Refresh();
        model.HoldEntries = true;
        Remember("git status");
        model.Refresh();
        model.Entries.Count.ShouldBe(1);
        model.HoldEntries = false;
        model.Refresh();
        model.Entries.Count.ShouldBe(2);
    }

    [Fact]
    public void Entry_HiddenCharacters_AreSpelledOut() =>
        RememberedText.Of(new("Bash", """{"command":"ls \u202Ex"}""", Verdict.Allow, 3, false, default, default)).ShouldBe("ls ⟨U+202E⟩x");

    [Fact]
    public void Inspector_ArrivedAtByALink_StandsFirstAndAnswers()
    {
        _tower.Speed.Inspection = _ => FakeSpeedLayer.Remembered(_tower.Time);
        Services.GetRequiredService<NavigationManager>().NavigateTo("/speed?decision=d01jz8x2m4q6r8t0v2w4y000394");
        var page = Render<SpeedLayerPage>();
        page.Find("section.panel").Id.ShouldBe("inspector");
        page.Find(".said").TextContent.ShouldStartWith("The memory tier remembers allow");
        page.FindAll(".tiers li").Select(held => held.TextContent.Contains("could not be asked", StringComparison.Ordinal)).ShouldBe([false, true]);
        page.Find("#inspector dl").TextContent.ShouldContain("ls⟨U+202E⟩ -la");
        _tower.Speed.Inspected.ShouldBe(["d01jz8x2m4q6r8t0v2w4y000394"]);
    }

    [Fact]
    public void Inspector_UnknownDecision_SaysSo()
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo("/speed");
        var page = Render<SpeedLayerPage>();
        page.Find("#inspect-decision").Input("d0");
        page.Find("#inspector form").Submit();
        Services.GetRequiredService<NavigationManager>().Uri.ShouldEndWith("/speed?decision=d0");
        page.WaitForAssertion(() => page.Find("[role=alert]").TextContent.ShouldContain("There is no decision d0."));
    }

    [Theory]
    [InlineData("operator", 1)]
    [InlineData("viewer", 0)]
    public void Decision_LeadsToItsKey_ForThoseWhoMaySee(string role, int links)
    {
        SignIn(role);
        Render<DecisionDetailPage>(parameters => parameters.Add(one => one.Id, "d01jz8x2m4q6r8t0v2w4y000394"))
            .FindAll("a[href='/speed?decision=d01jz8x2m4q6r8t0v2w4y000394']").Count.ShouldBe(links);
    }

    private void Remember(string command) =>
        _tower.Speed.Entries.Add(new("Bash", $$"""{"command":"{{command}}"}""", Verdict.Allow, 11, true, _tower.Time.GetUtcNow(), _tower.Time.GetUtcNow().AddMinutes(5)));

    private void SignIn(string role)
    {
        var authorization = this.AddAuthorization();
        authorization.SetAuthorized("kim");
        authorization.SetRoles(role);
    }
}
