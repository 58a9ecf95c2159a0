using Bunit;
using Lighthouse.Contracts;
using Lighthouse.Engine;
using Lighthouse.Engine.Validation.Contracts;
using Lighthouse.Web.Features.Policies;
using Lighthouse.Web.Shell;
using Lighthouse.Web.Tests.Fakes;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Lighthouse.Web.Tests.Features.Policies;

public sealed class PolicyPageTests : BunitContext
{
    private readonly FakeTower _tower = BusyTower.Create(new FakeTimeProvider(new DateTimeOffset(2026, 5, 1, 14, 0, 0, TimeSpan.Zero)));

    public PolicyPageTests()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        SignIn("admin");
        Services.AddLighthouseEngine();
        Services.AddUiParts();
        _tower.AddTo(Services);
    }

    [Fact]
    public void NothingKept_SaysWhatPoliciesAdd_AndInsertsAnExample()
    {
        var page = Render<PoliciesPage>();
        page.Markup.ShouldContain("the profiles decide alone");
        page.FindAll("button").Single(one => one.TextContent == "Start from an example").Click();
        Services.GetRequiredService<NavigationManager>().Uri.ShouldEndWith("/policies/new");
        page.Find("#policy-text").GetAttribute("value").ShouldBe(PolicyStarter.Text);
        page.FindAll(".claim").Count.ShouldBe(PolicyStarter.Examples.Count);
        _tower.Policies.Checks.ShouldBe(0);
        _tower.Policies.Tries.ShouldBe(0);
    }

    [Fact]
    public void Profile_IsATableOfEffectsByPlace()
    {
        var page = Render<PoliciesPage>(parameters => parameters.Add(one => one.Version, "profiles"));
        page.FindAll(".matrix tbody tr").Count.ShouldBe(15);
        Cell(page, "read", "workspace").ShouldBe("✓allow");
        Cell(page, "write-workspace", "workspace").ShouldBe("✓allow◆escalatehigh");
        Cell(page, "read", "protected").ShouldBe("✕deny");
        page.Markup.ShouldContain("guarded:catastrophic");
        page.FindAll(".segments button").Single(one => one.TextContent == "read-only").Click();
        Cell(page, "write-workspace", "workspace").ShouldBe("✕deny");
    }

    [Fact]
    public async Task Mistake_IsShownWithItsPlace_AndTheHint()
    {
        await KeepAsync("forbid\n  efects");
        var page = Render<PoliciesPage>(parameters => parameters.Add(one => one.Version, "1"));
        await page.InvokeAsync(() => page.FindAll("button").Single(one => one.TextContent == "Check now").Click());
        page.Find(".found .place").TextContent.ShouldBe("line 2, column 3");
        page.Find(".found .hint").TextContent.ShouldBe("did you mean `effects`?");
        page.Find("[role=status].bad").TextContent.ShouldBe("✕ 1 error");
    }

    [Fact]
    public async Task Versions_MarkTheActiveOne_AndOfferTheRollBack()
    {
        await KeepAsync("one");
        await KeepAsync("two");
        _tower.Policies.Change(FakeCaller.Kim, 1, "first");
        _tower.Policies.Change(FakeCaller.Kim, 2, "second");
        var page = Render<PoliciesPage>();
        page.Find(".versions [aria-current=true] b").TextContent.ShouldBe("Version 2");
        page.FindAll("details li span:first-child").Select(one => one.TextContent).ShouldBe(["version 2 activated", "version 1 activated"]);
        page.FindAll("button").ShouldContain(one => one.TextContent == "Deactivate…");
        page.Render(parameters => parameters.Add(one => one.Version, "1"));
        page.FindAll("button").ShouldContain(one => one.TextContent == "Roll back to this…");
    }

    [Fact]
    public async Task Operator_Reads_ButDoesNotActivate()
    {
        SignIn("operator");
        await KeepAsync("one");
        var page = Render<PoliciesPage>(parameters => parameters.Add(one => one.Version, "1"));
        page.Markup.ShouldContain("An admin can activate it");
        page.FindAll("button").ShouldNotContain(one => one.TextContent == "Activate…");
    }

    [Fact]
    public async Task Viewer_SeesTheProfilesAlone()
    {
        SignIn("viewer");
        await KeepAsync("one");
        var page = Render<PoliciesPage>(parameters => parameters.Add(one => one.Version, "1"));
        page.Markup.ShouldContain("for operators and admins to read");
        page.FindAll(".matrix").Count.ShouldBe(1);
        page.FindAll("#policy-text").ShouldBeEmpty();
        page.Markup.ShouldNotContain("Version 1");
    }

    [Fact]
    public async Task Bench_ShowsBothVerdicts_AndWhatIsOutweighed()
    {
        await KeepAsync("one");
        var page = Show("1", Tabs.Bench);
        page.Find("#bench-subject").Input("git push --force");
        page.Find("form.form").Submit();
        page.FindAll(".big .verdict").Select(one => one.ClassName).ShouldBe(["verdict deny", "verdict escalate"]);
        page.Find(".facts").TextContent.ShouldContain("also outweighed");
        page.Markup.ShouldContain("Forbidden by policy no-force");
    }

    [Fact]
    public async Task DryRun_ListsEveryChange_WithItsDecision()
    {
        await KeepAsync("one");
        _tower.Policies.Steps.Add(new DryRunStep(
            400, 400, 2, [new DryRunChange("d01", 7, _tower.Time.GetUtcNow(), "g1", "codex", "Bash", "git push --force", Verdict.Escalate, Verdict.Escalate, Verdict.Deny, ["no-force"], "why")],
            new Dictionary<string, int> { ["escalate → deny"] = 1 }, Finished: true));
        var page = Show("1", Tabs.DryRun);
        page.Find("form.form").Submit();
        page.WaitForAssertion(() => page.Markup.ShouldContain("1 verdict would change"));
        page.Find(".totals").TextContent.ShouldContain("escalate → deny 1");
        page.WaitForElement(".rows a").GetAttribute("href").ShouldBe("/decisions/d01");
        page.Markup.ShouldContain("2 of them skipped");
    }

    [Fact]
    public async Task Changes_AgainstTheActiveVersion_AreLineByLine()
    {
        await KeepAsync("a\nb\nc");
        await KeepAsync("a\nB\nc");
        _tower.Policies.Change(FakeCaller.Kim, 1, "");
        var page = Show("2", Tabs.Changes);
        page.FindAll(".line.added .text").Select(one => one.TextContent).ShouldBe(["B"]);
        page.FindAll(".line.removed .text").Select(one => one.TextContent).ShouldBe(["b"]);
        page.Find(".block h3").TextContent.ShouldContain("1 added, 1 removed");
    }

    private IRenderedComponent<PoliciesPage> Show(string version, string view)
    {
        // The router's part: what stands in the address is what the page gets.
        Services.GetRequiredService<NavigationManager>().NavigateTo($"/policies/{version}?view={view}");
        return Render<PoliciesPage>(parameters => parameters.Add(one => one.Version, version));
    }

    private Task KeepAsync(string text) => _tower.Policies.SaveAsync(FakeCaller.Kim, new PolicySetDocument { Text = text }, "kept", CancellationToken.None);

    private static string Cell(IRenderedComponent<PoliciesPage> page, string effect, string place)
    {
        var column = page.FindAll(".matrix thead th").Select(one => one.TextContent).ToList().IndexOf(place);
        return string.Concat(page.FindAll(".matrix tbody tr").Single(row => row.Children[0].TextContent == effect).Children[column].TextContent.Where(static one => !char.IsWhiteSpace(one)));
    }

    private void SignIn(string role)
    {
        var authorization = this.AddAuthorization();
        authorization.SetAuthorized("kim");
        authorization.SetRoles(role);
    }
}
