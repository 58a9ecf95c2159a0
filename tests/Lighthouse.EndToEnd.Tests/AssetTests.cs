using System.Diagnostics;
using System.Text.RegularExpressions;
using Lighthouse.EndToEnd.Tests.Harness;

namespace Lighthouse.EndToEnd.Tests;

/// <summary>Every stylesheet and script of every page answers 200, from the build and from what is published.</summary>
public sealed partial class AssetTests(SharedTower shared)
{
    [Fact]
    public async Task Build_ServesWhatItsPagesAskFor() => await CheckAsync(await shared.TowerAsync());

    [Fact]
    public async Task PublishedBuild_ServesWhatItsPagesAskFor()
    {
        var folder = Directory.CreateTempSubdirectory("lighthouse-published-").FullName;
        try
        {
            await PublishAsync(folder);
            await using var tower = await Tower.StartAsync(Path.Combine(folder, "Lighthouse.Web.dll"), Path.GetTempPath());
            await CheckAsync(tower);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task CheckAsync(Tower tower)
    {
        await using var browser = await Browser.StartAsync(tower.Url);
        await browser.Page.GotoAsync("sign-in");
        await browser.SignInAsync();
        foreach (var page in Pages.All)
        {
            await browser.OpenAsync(page);
        }

        var assets = browser.Responses.Where(static one => one.Request.ResourceType is "stylesheet" or "script" or "font" or "image").ToList();
        assets.Count.ShouldBeGreaterThan(3);
        assets.Where(static one => one.Status is not (200 or 304)).Select(static one => $"{one.Status} {one.Url}").ShouldBeEmpty();
        browser.Errors.ShouldBeEmpty();

        // What the markup names, whether or not this browser asked for it.
        using var http = new HttpClient { BaseAddress = tower.Url };
        var markup = await http.GetStringAsync(new Uri("sign-in", UriKind.Relative));
        var named = Reference().Matches(markup).Select(static match => match.Groups["address"].Value).Where(static one => !one.Contains("://", StringComparison.Ordinal)).Distinct().ToList();
        named.ShouldNotBeEmpty();
        foreach (var reference in named)
        {
            using var response = await http.GetAsync(new Uri(reference, UriKind.Relative));
            response.IsSuccessStatusCode.ShouldBeTrue($"{(int)response.StatusCode} {reference}");
        }
    }

    private static async Task PublishAsync(string folder)
    {
        using var publish = Process.Start(new ProcessStartInfo(
            "dotnet", ["publish", Path.Combine(Built.Root, "src/Lighthouse.Web"), "-c", Built.Configuration, "--no-build", "-v", "quiet", "-nologo", "-o", folder])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        var output = await publish.StandardOutput.ReadToEndAsync();
        await publish.WaitForExitAsync();
        publish.ExitCode.ShouldBe(0, output);
    }

    [GeneratedRegex("(src|href)=\"(?<address>[^\"]+\\.(css|js|svg|png|ico)[^\"]*)\"", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Reference();
}
