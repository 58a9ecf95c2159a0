using Lighthouse.EndToEnd.Tests.Harness;
using Microsoft.Playwright;

namespace Lighthouse.EndToEnd.Tests;

public sealed class FreshPasswordTests(SharedTower shared)
{
    [Fact]
    public async Task EmergencyStop_IsReleasedOnlyWithThePasswordAgain()
    {
        var tower = await shared.TowerAsync();
        await using var browser = await Browser.StartAsync(tower.Url);
        await browser.SignInAsync();
        await browser.OpenAsync("agents");
        var page = browser.Page;
        await page.GetByRole(AriaRole.Button, new() { Name = "Emergency stop" }).ClickAsync();
        await page.GetByLabel("Why (agents and operators read this)").FillAsync("drill");
        await page.GetByRole(AriaRole.Button, new() { Name = "Deny every agent" }).ClickAsync();
        var banner = page.GetByText("Emergency stop: every agent is denied");
        await banner.WaitForAsync();

        // Signed in by password a moment ago: a copied session would have that too, so it is not enough.
        await page.GetByRole(AriaRole.Button, new() { Name = "Release", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Release the stop" }).ClickAsync();
        await page.GetByLabel("Your password").FillAsync("not the password");
        await page.GetByRole(AriaRole.Button, new() { Name = "Confirm and release" }).ClickAsync();
        await page.GetByText("That was not it").WaitForAsync();
        (await banner.IsVisibleAsync()).ShouldBeTrue();

        await page.GetByLabel("Your password").FillAsync(Tower.AdminPassword);
        await page.GetByRole(AriaRole.Button, new() { Name = "Confirm and release" }).ClickAsync();
        await banner.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
        using var agent = tower.Agent;
        (await agent.DecideAsync(Requests.Bash("ls -la"))).Verdict.ShouldBe(Lighthouse.Contracts.Verdict.Allow);
    }

    [Fact]
    public async Task AgentKey_IsMadeOnlyWithThePasswordAgain()
    {
        var tower = await shared.TowerAsync();
        await using var browser = await Browser.StartAsync(tower.Url);
        await browser.SignInAsync();
        await browser.OpenAsync("agents");
        var page = browser.Page;
        await page.Locator("button[data-key='n']").ClickAsync();
        await page.GetByLabel("Name, for example").FillAsync("made-with-a-password");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create the key" }).ClickAsync();

        await page.GetByLabel("Your password").FillAsync(Tower.AdminPassword);
        await page.GetByRole(AriaRole.Button, new() { Name = "Confirm and create" }).ClickAsync();

        await page.GetByText("This secret is shown once").WaitForAsync();
    }

    /// <summary>What the first start recommends: a session there is sent to nothing else on localhost.</summary>
    [Fact]
    public async Task OwnName_OpensInABrowser_AndKeepsTheSessionToItself()
    {
        var tower = await shared.TowerAsync();
        tower.Log.ShouldContain($"http://lighthouse.localhost:{tower.Url.Port}");
        var own = new Uri($"http://lighthouse.localhost:{tower.Url.Port}/");
        await using var browser = await Browser.StartAsync(own);

        await browser.SignInAsync();
        await browser.OpenAsync("agents");

        (await browser.Page.Context.CookiesAsync([own.AbsoluteUri])).Select(static one => one.Name).ShouldContain("lighthouse-session");
        (await browser.Page.Context.CookiesAsync([$"http://localhost:{tower.Url.Port}/"])).ShouldBeEmpty();
    }
}
