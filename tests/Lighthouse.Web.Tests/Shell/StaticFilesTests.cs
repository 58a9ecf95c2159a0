using System.Text.RegularExpressions;
using Lighthouse.Web.Tests.Fakes;
using Lighthouse.Web.Tests.Hosting;

namespace Lighthouse.Web.Tests.Shell;

public sealed partial class StaticFilesTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/not-found")]
    [InlineData("/escalations")]
    [InlineData("/decisions")]
    [InlineData("/agents")]
    public async Task Page_StylesheetsAndScripts_AllAnswer200(string page)
    {
        await using var host = await UiHost.StartAsync(BusyTower.Create(TimeProvider.System));
        using var http = new HttpClient { BaseAddress = host.Address };
        var html = await http.GetStringAsync(page, TestContext.Current.CancellationToken);

        var files = References().Matches(html).Select(match => match.Groups["file"].Value).Distinct().ToList();
        files.Count.ShouldBeGreaterThan(10);
        foreach (var file in files)
        {
            var answer = await http.GetAsync(file, TestContext.Current.CancellationToken);
            ((int)answer.StatusCode).ShouldBe(200, file);
        }
    }

    [Theory]
    [InlineData("/_content/MudBlazor/MudBlazor.min.css")]
    [InlineData("/_framework/blazor.web.js")]
    [InlineData("/Ui/LineChart.razor.js")]
    [InlineData("/js/keys.js")]
    public async Task File_LoadedByScript_Answers200(string file)
    {
        await using var host = await UiHost.StartAsync(BusyTower.Create(TimeProvider.System));
        using var http = new HttpClient { BaseAddress = host.Address };
        ((int)(await http.GetAsync(file, TestContext.Current.CancellationToken)).StatusCode).ShouldBe(200);
    }

    [GeneratedRegex("<(?:link|script)[^>]+(?:href|src)=\"(?<file>[^\"]+)\"", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex References();
}
