namespace Lighthouse.Architecture.Tests;

/// <summary>The allowed edges as docs/architecture.md states them: rows of <c>| feature | may use | … |</c> below the heading "Allowed edges".</summary>
internal static class FeatureTable
{
    public static IReadOnlyDictionary<string, IReadOnlySet<string>> Edges { get; } = Parse(Repository.Text("docs/architecture.md"));

    private static Dictionary<string, IReadOnlySet<string>> Parse(string page)
    {
        var edges = new Dictionary<string, IReadOnlySet<string>>(StringComparer.Ordinal);
        var rows = page.Split('\n')
            .SkipWhile(static line => line != "## Allowed edges")
            .SkipWhile(static line => !line.StartsWith('|'))
            .TakeWhile(static line => line.StartsWith('|'))
            .Skip(2);
        foreach (var row in rows)
        {
            var cells = row.Split('|', StringSplitOptions.TrimEntries);
            edges.Add(cells[1], cells[2].Split(',', StringSplitOptions.TrimEntries).Where(static name => name.All(char.IsLetter) && name.Length > 0).ToHashSet());
        }

        return edges;
    }
}
