using System.Text.RegularExpressions;

namespace Lighthouse.Web.Tests.Security;

public sealed partial class ThreatModelTests
{
    /// <summary>A protection that no test holds is a wish.</summary>
    [Fact]
    public void ThreatModel_NamesOnlyTestsThatExist()
    {
        var root = RepositoryRoot.Path;
        var named = TestName().Matches(File.ReadAllText(Path.Combine(root, "docs", "threat-model.md"))).Select(static match => match.Groups["name"].Value).Distinct().ToList();
        var sources = string.Concat(Directory.EnumerateFiles(Path.Combine(root, "tests"), "*Tests.cs", SearchOption.AllDirectories).Select(File.ReadAllText));

        named.Count.ShouldBeGreaterThan(40);
        named.Where(name => !sources.Contains(" " + name + "(", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [GeneratedRegex("`(?<name>[A-Z][A-Za-z0-9]+_[A-Za-z0-9_]+)`", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex TestName();
}
