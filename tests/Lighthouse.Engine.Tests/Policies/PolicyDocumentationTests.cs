using System.Text.Json;
using System.Text.RegularExpressions;
using Lighthouse.Contracts;
using Lighthouse.Engine.Tests.Support;
using Lighthouse.Engine.Validation.Contracts;

namespace Lighthouse.Engine.Tests.Policies;

public sealed partial class PolicyDocumentationTests
{
    [Fact]
    public async Task PoliciesPage_IsFreeOfErrors_ItsExampleHolds_AndItNamesEveryAttribute()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(Root(), "docs", "policies.md"));
        var cedar = CedarBlock().Match(page).Groups["text"].Value;
        var example = JsonSerializer.Deserialize<PolicyExample>(JsonBlock().Match(page).Groups["text"].Value, LighthouseJson.Options)!;
        await using var host = await EngineHost.StartAsync();
        var check = await host.CheckAsync(cedar, example);
        check.Diagnostics.ShouldBeEmpty();
        check.Policies.Count.ShouldBe(3);
        foreach (Match attribute in Attribute().Matches(host.Policies().Schema[host.Policies().Schema.IndexOf("type Request", StringComparison.Ordinal)..]))
        {
            page.ShouldContain($"`{attribute.Groups["name"].Value}`");
        }
    }

    [Fact]
    public async Task Quorum_IsReadWithoutComplaint()
    {
        await using var host = await EngineHost.StartAsync();
        var check = await host.CheckAsync("@verdict(\"escalate\") @quorum(\"2\")\nforbid(principal, action, resource);");
        check.Valid.ShouldBeTrue();
        check.Diagnostics.ShouldBeEmpty();
        check.Policies[0].Terms!.Quorum.ShouldBe(2);
    }

    private static string Root()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "Lighthouse.sln")))
        {
            directory = directory.Parent ?? throw new InvalidOperationException("The tests run outside the repository.");
        }

        return directory.FullName;
    }

    [GeneratedRegex("```cedar\n(?<text>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex CedarBlock();

    [GeneratedRegex("```json\n(?<text>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex JsonBlock();

    [GeneratedRegex(@"^  (?<name>[a-zA-Z]+): (String|Bool|Long|Set)", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Attribute();
}
