using Lighthouse.EndToEnd.Tests.Harness;
using Microsoft.Playwright;

namespace Lighthouse.EndToEnd.Tests;

/// <summary>Takes the pictures of the README anew: <c>dotnet Lighthouse.EndToEnd.Tests.dll -explicit only -class "*ReadmePictures"</c>.</summary>
public sealed class ReadmePictures
{
    [Fact(Explicit = true)]
    public async Task Pictures_OfALivingTower()
    {
        await using var tower = await Tower.StartAsync(("Lighthouse__Demo__Enabled", "true"), ("Lighthouse__Demo__MeanPauseSeconds", "2"));
        var folder = Directory.CreateDirectory(Path.Combine(Built.Root, "docs/images")).FullName;
        await using var browser = await Browser.StartAsync(tower.Url);
        await browser.SignInAsync();
        await browser.OpenAsync("");
        // Long enough for a curve to show.
        await Task.Delay(TimeSpan.FromMinutes(3), TestContext.Current.CancellationToken);
        await SaveAsync(browser, folder, "overview");
        await browser.OpenAsync("escalations");
        await browser.Page.Locator("a.row-link").First.ClickAsync();
        await browser.Page.GetByRole(AriaRole.Button, new() { Name = "Approve" }).WaitForAsync();
        await SaveAsync(browser, folder, "escalations");
    }

    private static Task SaveAsync(Browser browser, string folder, string name) =>
        browser.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, name + ".png") });
}
