using Lighthouse.Contracts;
using Lighthouse.EndToEnd.Tests.Harness;
using Microsoft.Playwright;

namespace Lighthouse.EndToEnd.Tests;

/// <summary>A tower of its own: what is activated here decides for every agent.</summary>
public sealed class PolicyTests
{
    private const string Wrong = "@id(\"no-cat\")\nforbid(principal, action, resource)\nwhen { context.programms.contains(\"cat\") };\n";
    private const string Right = "@id(\"no-cat\")\nforbid(principal, action, resource)\nwhen { context.programs.contains(\"cat\") };\n";

    [Fact]
    public async Task Policy_IsWrittenWithAMistake_PutRight_DryRun_Activated_AndRolledBack()
    {
        await using var tower = await Tower.StartAsync();
        using var agent = tower.Agent;
        (await agent.DecideAsync(Requests.Bash("cat README.md"))).Verdict.ShouldBe(Verdict.Allow);
        await using var browser = await Browser.StartAsync(tower.Url);
        var page = browser.Page;
        // The first check after a start compiles the policy engine, on a busy machine for a while.
        page.SetDefaultTimeout(60_000);
        await browser.SignInAsync();
        await browser.OpenAsync("policies");
        await page.GetByRole(AriaRole.Button, new() { Name = "Start with an empty text" }).ClickAsync();

        // Checked while typing; the place leads into the text.
        await page.GetByLabel("Policies, in Cedar").FillAsync(Wrong);
        await page.GetByRole(AriaRole.Button, new() { Name = "line 3, column 8" }).ClickAsync();
        await page.WaitForFunctionAsync("() => { const area = document.activeElement; return area.id === 'policy-text' && area.value.slice(area.selectionStart, area.selectionEnd).includes('programms'); }");
        await page.GetByLabel("Policies, in Cedar").FillAsync(Right);
        await page.GetByText("fit to be activated: 1 policy").WaitForAsync();
        await KeepAsync(page, "nobody reads with cat");

        await page.GetByRole(AriaRole.Link, new() { Name = "Dry run" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Run it" }).ClickAsync();
        await page.GetByText("1 verdict would change").WaitForAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Activate…" }).ClickAsync();
        await page.GetByText("allow → deny 1").Last.WaitForAsync();
        await page.GetByLabel("Why, in one line").FillAsync("agreed on Monday");
        await page.GetByRole(AriaRole.Button, new() { Name = "Activate version 1" }).ClickAsync();
        await page.GetByLabel("Your password").FillAsync(Tower.AdminPassword);
        await page.GetByRole(AriaRole.Button, new() { Name = "Confirm and activate" }).ClickAsync();
        await page.GetByText("Version 1 is active.").WaitForAsync();
        var denied = await agent.DecideAsync(Requests.Bash("cat README.md"));
        (denied.Verdict, denied.Policies[0]).ShouldBe((Verdict.Deny, "no-cat"));

        // A second version, and back from it. The password counts for ten minutes.
        await page.GetByRole(AriaRole.Link, new() { Name = "Text and examples" }).ClickAsync();
        await page.GetByLabel("Policies, in Cedar").FillAsync(Right.Replace("cat", "less", StringComparison.Ordinal));
        await page.GetByText("fit to be activated: 1 policy").WaitForAsync();
        await KeepAsync(page, "less instead");
        await ActivateAsync(page, "Activate…", "Activate version 2");
        await page.GetByText("Version 2 is active.").WaitForAsync();
        (await agent.DecideAsync(Requests.Bash("cat README.md"))).Verdict.ShouldBe(Verdict.Allow);
        await page.Locator("a[href='/policies/1']").First.ClickAsync();
        await ActivateAsync(page, "Roll back to this…", "Roll back to version 1");
        await page.GetByText("Rolled back: version 1 is active again.").WaitForAsync();
        (await agent.DecideAsync(Requests.Bash("cat README.md"))).Verdict.ShouldBe(Verdict.Deny);
        browser.Errors.ShouldBeEmpty();
    }

    private static async Task KeepAsync(IPage page, string note)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep as a draft…" }).ClickAsync();
        await page.GetByLabel("What changed, in one line").FillAsync(note);
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep as a draft", Exact = true }).ClickAsync();
        await page.GetByText("a draft. Nothing changed for agents.").WaitForAsync();
    }

    private static async Task ActivateAsync(IPage page, string open, string yes)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = open }).ClickAsync();
        await page.GetByLabel("Why, in one line").FillAsync("agreed");
        await page.GetByRole(AriaRole.Button, new() { Name = yes }).ClickAsync();
    }
}
