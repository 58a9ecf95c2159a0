using System.Diagnostics;
using System.Text.Json;
using Lighthouse.Contracts;
using Lighthouse.EndToEnd.Tests.Harness;
using Microsoft.Playwright;

namespace Lighthouse.EndToEnd.Tests;

public sealed class BrowserTests(SharedTower shared)
{
    [Fact]
    public async Task Escalation_AppearsWithinASecondAndApprovingReleasesTheHook()
    {
        const string command = "sudo systemctl restart nginx";
        var tower = await shared.TowerAsync();
        await using var browser = await Browser.StartAsync(tower.Url);
        await browser.SignInAsync();
        await browser.OpenAsync("escalations");
        using var expert = tower.Expert;

        var held = CommandLine.HookAsync(tower, Requests.PreToolUse(command));
        var escalation = await Eventually.FindAsync(
            () => expert.GetEscalationsAsync(EscalationState.Open), static one => one.Request.Input.GetRawText().Contains(command, StringComparison.Ordinal));
        var opened = Stopwatch.StartNew();
        var row = browser.Page.Locator($"a[href$='{escalation.Id}']").First;
        await row.WaitForAsync();
        opened.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(1));

        await row.ClickAsync();
        var approve = browser.Page.Locator("button[data-key='a']");
        await approve.WaitForAsync();
        held.IsCompleted.ShouldBeFalse();
        // Dangerous, and signed in a moment ago: the password need not be given again.
        await ClickUntilAsync(approve, held);

        var result = await held;
        result.ExitCode.ShouldBe(0, result.Error);
        JsonDocument.Parse(result.Output).RootElement.GetProperty("hookSpecificOutput").GetProperty("permissionDecision").GetString().ShouldBe("allow");
        (await expert.GetEscalationAsync(escalation.Id)).State.ShouldBe(EscalationState.Approved);
    }

    [Fact]
    public async Task AdminLink_OpensTheDoorOnce()
    {
        var tower = await shared.TowerAsync();
        var link = await CommandLine.RunAsync("admin", "link", "--data", tower.Data, "--server", tower.Url.AbsoluteUri);
        link.ExitCode.ShouldBe(0, link.Error);
        await using var browser = await Browser.StartAsync(tower.Url);

        await browser.Page.GotoAsync(link.Output.Trim());
        await browser.Page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await browser.Page.WaitForURLAsync("**/account/password");
        await browser.OpenAsync("");

        await using var other = await Browser.StartAsync(tower.Url);
        await other.Page.GotoAsync(link.Output.Trim());
        await other.Page.GetByRole(AriaRole.Alert).WaitForAsync();
    }

    // The page refuses a click on what has only just come up; a person clicks again.
    private static async Task ClickUntilAsync(ILocator button, Task released)
    {
        for (var i = 0; i < 10 && !released.IsCompleted; i++)
        {
            if (await button.IsVisibleAsync())
            {
                await button.ClickAsync();
            }

            await Task.WhenAny(released, Task.Delay(700));
        }
    }
}
