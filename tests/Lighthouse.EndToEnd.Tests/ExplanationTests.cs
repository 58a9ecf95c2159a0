using Lighthouse.EndToEnd.Tests.Harness;

namespace Lighthouse.EndToEnd.Tests;

/// <summary>What a reviewer sees underlined is what decided, in a real browser.</summary>
public sealed class ExplanationTests(SharedTower shared)
{
    private const string Command = "cd src && echo 😀 > note.txt\nsh <<'END'\nls\nr''m -rf ~/keep-me\nEND\ncurl -s https://x.example | head";

    [Fact]
    public async Task DecisionAndEscalation_OfANestedDanger_UnderlineExactlyThatStretch()
    {
        var tower = await shared.TowerAsync();
        using var agent = tower.Agent;
        var decision = await agent.DecideAsync(Requests.Bash(Command));
        await using var browser = await Browser.StartAsync(tower.Url);
        await browser.SignInAsync();

        foreach (var page in (string[])["decisions/" + decision.Id, "escalations/" + decision.EscalationId])
        {
            await browser.OpenAsync(page);
            var command = browser.Page.Locator("pre.command").First;
            (await command.TextContentAsync()).ShouldBe(Command, page);
            string.Concat(await command.Locator(".decides").AllTextContentsAsync()).ShouldBe("~/keep-me", page);
            var why = await browser.Page.Locator(".deciding .why").TextContentAsync();
            why.ShouldNotBeNull().ShouldContain("/home/test/keep-me", customMessage: page);
        }

        browser.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task Tree_WithTheKeyboard_PointsAtEachNodesText()
    {
        var tower = await shared.TowerAsync();
        using var agent = tower.Agent;
        var decision = await agent.DecideAsync(Requests.Bash(Command));
        await using var browser = await Browser.StartAsync(tower.Url);
        await browser.SignInAsync();
        await browser.OpenAsync("decisions/" + decision.Id);
        var pointed = browser.Page.Locator("pre.command").First.Locator(".pointed");
        await browser.Page.Locator("[role=treeitem][tabindex='0']").FocusAsync();
        var seen = new List<string>();
        for (var i = 0; i < 16; i++)
        {
            seen.Add(string.Concat(await pointed.AllTextContentsAsync()));
            await browser.Page.Keyboard.PressAsync("ArrowDown");
        }

        seen[0].ShouldBe("cd src && echo 😀 > note.txt");
        seen.ShouldContain("r''m -rf ~/keep-me");
        seen.ShouldContain("curl -s https://x.example | head");
        await browser.Page.Keyboard.PressAsync("Home");
        string.Concat(await pointed.AllTextContentsAsync()).ShouldBe(seen[0]);
        await browser.Page.Locator("[role=treeitem]", new() { HasTextString = "echo 😀" }).Last.Locator(".line").First.HoverAsync();
        string.Concat(await pointed.AllTextContentsAsync()).ShouldStartWith("echo 😀");
    }

    [Fact]
    public async Task Overview_AfterTheStart_ShowsHowThisBuildJudgesItsOwnCases()
    {
        var tower = await shared.TowerAsync();
        await using var browser = await Browser.StartAsync(tower.Url);
        await browser.SignInAsync();
        await browser.OpenAsync("judgement");
        await browser.Page.Locator("#missed-danger").WaitForAsync();
        (await browser.Page.Locator("#missed-danger .sum b").TextContentAsync()).ShouldBe("0");
    }
}
