using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;

namespace Lighthouse.EndToEnd.Tests.Harness;

/// <summary>A draft to look at: it changes nothing for the agents of a shared tower.</summary>
internal static class KeptPolicies
{
    private const string Text = """
        // Nobody rewrites recorded work, not even after asking.
        @id("no-history-rewrite")
        @reason("the history of this project is not rewritten")
        forbid(principal, action == Action::"shell", resource)
        when { context.effects.contains("history-rewrite") };

        // Services are restarted by people from operations.
        @id("services-are-for-people")
        @verdict("escalate") @experts("operations") @deadline("15m")
        forbid(principal, action == Action::"shell", resource)
        when { context.programs.contains("systemctl") && context.hour >= 8 };

        @id("packages-from-the-mirror")
        @reason("packages come from our own mirror")
        permit(principal, action == Action::"shell", resource)
        when { context.programs.contains("npm") && context.efects.contains("package-install") };
        """;

    public static async Task<int> KeepAsync(Tower tower)
    {
        using var http = new HttpClient { BaseAddress = tower.Url };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Tower.OperatorKey);
        await KeepAsync(http, Text.Replace("efects", "effects", StringComparison.Ordinal).Replace("15m", "10m", StringComparison.Ordinal), "first try");
        return await KeepAsync(http, Text.Replace("efects", "effects", StringComparison.Ordinal), "fifteen minutes, as agreed with operations");
    }

    /// <summary>Does on the page what it is for, so that there is something to see.</summary>
    public static async Task UseAsync(IPage page, string name)
    {
        switch (name)
        {
            case "policy":
                await page.GetByLabel("Policies, in Cedar").FillAsync(Text);
                await page.GetByRole(AriaRole.Button, new() { Name = "line 16" }).WaitForAsync();
                break;
            case "policy-bench":
                await page.GetByLabel("Command", new() { Exact = true }).Last.FillAsync("git push --force origin main");
                await page.GetByRole(AriaRole.Button, new() { Name = "Try it" }).ClickAsync();
                await page.GetByText("With these policies").WaitForAsync();
                break;
            case "policy-dry-run":
                await page.GetByRole(AriaRole.Button, new() { Name = "Run it" }).ClickAsync();
                await page.GetByText("would change", new() { Exact = false }).Last.WaitForAsync();
                break;
            case "policy-changes":
                await page.GetByLabel("compared with").WaitForAsync();
                break;
        }
    }

    private static async Task<int> KeepAsync(HttpClient http, string text, string note)
    {
        var examples = new[] { new { policy = "no-history-rewrite", matches = true, verdict = "deny", request = new { command = "git push --force origin main" } } };
        using var answer = await http.PostAsJsonAsync("api/v1/policies", new { text, note, examples });
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("number").GetInt32();
    }
}
