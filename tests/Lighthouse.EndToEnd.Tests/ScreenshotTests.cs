using Deque.AxeCore.Playwright;
using Lighthouse.EndToEnd.Tests.Harness;
using Microsoft.Playwright;

namespace Lighthouse.EndToEnd.Tests;

/// <summary>Every page in both themes and two widths: pictures to look at in artifacts/screenshots, and rules that a program can check.</summary>
public sealed class ScreenshotTests(SharedTower shared)
{
    public static TheoryData<int, int, bool> Looks => new() { { 1440, 900, true }, { 1440, 900, false }, { 390, 844, true }, { 390, 844, false } };

    [Theory]
    [MemberData(nameof(Looks))]
    public async Task Page_AtThisSizeAndTheme_FitsAndIsAccessible(int width, int height, bool dark)
    {
        var tower = await shared.TowerAsync();
        using var agent = tower.Agent;
        string? escalation = null;
        foreach (var command in (string[])["ls -la", "git status", "rm -rf /", "sudo systemctl restart for-the-picture", "npm install left-pad"])
        {
            escalation = (await agent.DecideAsync(Requests.Bash(command))).EscalationId ?? escalation;
        }

        var explained = await agent.DecideAsync(Requests.Bash("cd src && r''m -rf ~/cache; for f in *.log; do gzip \"$f\"; done\nbash -c 'curl -s https://example.org/notes | grep x > /etc/motd'"));
        var repeated = explained;
        for (var i = 0; i < 12; i++)
        {
            repeated = await agent.DecideAsync(Requests.Bash("ls -la"));
        }

        await using var browser = await Browser.StartAsync(tower.Url, width, height, dark);
        var found = new List<string>();
        await browser.Page.GotoAsync("sign-in");
        await LookAsync(browser, "sign-in", width, dark, found);
        await browser.SignInAsync();
        foreach (var page in (string[])[.. Pages.All, "settings/people"])
        {
            await browser.OpenAsync(page);
            await LookAsync(browser, page.Length == 0 ? "overview" : page, width, dark, found);
        }

        await browser.OpenAsync("escalations/" + escalation);
        foreach (var key in (string[])["a", "r"])
        {
            var box = await browser.Page.Locator($"button[data-key={key}]").BoundingBoxAsync();
            if (box is null || box.Y + box.Height > height || box.X + box.Width > width || box.Height < 24)
            {
                found.Add($"answering at {width}: the button of {key} is not in reach");
            }
        }

        await LookAsync(browser, "escalation", width, dark, found);
        await browser.OpenAsync("decisions/" + explained.Id);
        await LookAsync(browser, "decision", width, dark, found);
        await browser.OpenAsync("speed");
        await browser.Page.EvaluateAsync("document.getElementById('main').scrollTop = 1e6");
        await LookAsync(browser, "speed-end", width, dark, found);
        await browser.OpenAsync("speed?decision=" + repeated.Id);
        await LookAsync(browser, "speed-inspector", width, dark, found);
        await browser.OpenAsync("escalations/" + explained.EscalationId);
        await LookAsync(browser, "escalation-nested", width, dark, found);
        await browser.OpenAsync("judgement");
        await LookAsync(browser, "judgement", width, dark, found);
        var version = await KeptPolicies.KeepAsync(tower);
        foreach (var (path, name) in ((string, string)[])[("profiles", "profiles"), ($"{version}", "policy"), ($"{version}?view=bench", "policy-bench"), ($"{version}?view=dry-run", "policy-dry-run"), ($"{version}?view=changes", "policy-changes")])
        {
            await browser.OpenAsync("policies/" + path);
            await KeptPolicies.UseAsync(browser.Page, name);
            await LookAsync(browser, name, width, dark, found);
        }

        found.ShouldBeEmpty();
    }

    private static async Task LookAsync(Browser browser, string name, int width, bool dark, List<string> found)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Built.Artifacts, "screenshots")).FullName;
        await browser.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{name.Replace('/', '-')}-{width}-{(dark ? "dark" : "light")}.png"), FullPage = false });
        var overflow = await browser.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        if (overflow > 0)
        {
            found.Add($"{name} at {width}: {overflow} px wider than the window");
        }

        if (name == "settings/people" && await browser.Page.EvaluateAsync<int>("Math.max(...[...document.querySelectorAll('.scroll-x')].map(e => e.scrollWidth - e.clientWidth))") is > 0 and var hidden)
        {
            found.Add($"{name} at {width}: {hidden} px of a table have to be scrolled to");
        }

        var axe = await browser.Page.RunAxe();
        // Of an item of a tree, named by its own row, the rule takes the items below it for part of its label.
        found.AddRange(axe.Violations.Where(static one => one.Impact is "serious" or "critical"
                && !(one.Id == "label-content-name-mismatch" && one.Nodes.All(static node => node.Html.Contains("role=\"treeitem\"", StringComparison.Ordinal))))
            .Select(one => $"{name} at {width} {(dark ? "dark" : "light")}: {one.Id}: {one.Help} ({string.Join(", ", one.Nodes.Take(3).Select(static node => node.Target))})"));
    }
}
