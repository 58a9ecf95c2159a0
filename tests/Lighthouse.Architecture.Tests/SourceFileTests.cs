namespace Lighthouse.Architecture.Tests;

public sealed class SourceFileTests
{
    [Fact]
    public void SourceFile_PastFourHundredLines_IsTwoThings() =>
        Repository.Files("src", "*.cs").Concat(Repository.Files("src", "*.razor"))
            .Where(static path => !path.Contains("/Migrations/", StringComparison.Ordinal))
            .Select(static path => (path, lines: File.ReadLines(Path.Combine(Repository.Root, path)).Count()))
            .Where(static one => one.lines > 400)
            .ShouldBeEmpty();

    [Fact]
    public void Namespace_FollowsItsFolder() =>
        Repository.Files("src", "*.cs")
            .Where(static path => !path.Contains("/Migrations/", StringComparison.Ordinal))
            .Select(static path => (path, declared: DeclaredNamespace(path)))
            .Where(static one => one.declared is not null && one.declared != one.path["src/".Length..one.path.LastIndexOf('/')].Replace('/', '.'))
            .ShouldBeEmpty();

    [Fact]
    public void Test_IsNeverSkipped() =>
        Repository.Files("tests", "*.cs")
            .Where(static path => !path.EndsWith("/SourceFileTests.cs", StringComparison.Ordinal))
            .Where(static path => Repository.Text(path).Contains("Skip =", StringComparison.Ordinal))
            .ShouldBeEmpty();

    private static string? DeclaredNamespace(string path) =>
        File.ReadLines(Path.Combine(Repository.Root, path))
            .FirstOrDefault(static line => line.StartsWith("namespace ", StringComparison.Ordinal))?["namespace ".Length..].TrimEnd(';', ' ', '{');
}
