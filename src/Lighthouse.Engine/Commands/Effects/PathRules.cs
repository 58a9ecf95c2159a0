using System.Text.Json;

namespace Lighthouse.Engine.Commands.Effects;

/// <summary>What a rule says of a path; the names of the lists in <c>places.json</c>.</summary>
internal enum PathRule
{
    None,
    Protected,
    Harmless,
    Credential,
    Startup,
    Descriptor,
    Network,
    Temporary,
    System,
    Device,
}

/// <summary>The rules of <c>places.json</c> as three tries over path segments: absolute, below a home, and anywhere.</summary>
internal sealed class PathRules
{
    private readonly PathRuleNode _root = new();
    private readonly PathRuleNode _home = new();
    private readonly PathRuleNode _anywhere = new() { Anywhere = true };

    /// <summary>Names of libraries that an interpreter looks for in the working directory first.</summary>
    public HashSet<string> Modules { get; } = new(StringComparer.Ordinal);

    public HashSet<string> MetadataAddresses { get; } = new(StringComparer.OrdinalIgnoreCase);

    public static PathRules Load()
    {
        using var stream = typeof(PathRules).Assembly.GetManifestResourceStream("Lighthouse.Engine.Commands.Effects.places.json")!;
        using var data = JsonDocument.Parse(stream);
        var rules = new PathRules();
        foreach (var list in data.RootElement.EnumerateObject())
        {
            if (list.Value.ValueKind != JsonValueKind.Array)
            {
                continue;
            }

            foreach (var entry in list.Value.EnumerateArray())
            {
                if (list.Name == "metadata")
                {
                    rules.MetadataAddresses.Add(entry.GetString()!);
                }
                else if (list.Name == "modules")
                {
                    rules.Modules.Add(entry.GetString()!);
                }
                else
                {
                    rules.Add(Enum.Parse<PathRule>(list.Name, ignoreCase: true), entry.GetString()!);
                }
            }
        }

        return rules;
    }

    private void Add(PathRule rule, string pattern)
    {
        var node = pattern[0] switch { '~' => _home, '*' when pattern.StartsWith("**/", StringComparison.Ordinal) => _anywhere, _ => _root };
        var rest = pattern[0] == '~' ? pattern[1..] : node == _anywhere ? pattern[2..] : pattern;
        var segments = rest.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var subtree = segments is [.., "**"];
        foreach (var segment in subtree ? segments[..^1] : segments)
        {
            node = node.Child(segment);
        }

        (subtree ? node.Below : node.Exact).Add(rule);
    }

    /// <summary>What the rules for absolute paths and for names anywhere say. Of the directory that the path stands in it is known already.</summary>
    public void Find(SegmentPath path, ref PathFindings findings)
    {
        var first = 0;
        if (path.Directory is { } directory)
        {
            first = directory.Count;
            var known = directory.Known ??= Prepare(directory);
            findings = known.Findings;
            foreach (var node in known.Open)
            {
                Walk(node, path, first, guessed: false, ref findings);
            }
        }
        else
        {
            Walk(_root, path, 0, guessed: false, ref findings);
        }

        for (; first < path.Count; first++)
        {
            Walk(_anywhere, path, first, guessed: false, ref findings);
        }
    }

    private DirectoryFindings Prepare(SegmentPath directory)
    {
        var findings = new PathFindings();
        var open = new List<PathRuleNode>();
        Walk(_root, directory, 0, guessed: false, ref findings, open);
        for (var first = 0; first < directory.Count; first++)
        {
            Walk(_anywhere, directory, first, guessed: false, ref findings, open);
        }

        var inGit = false;
        for (var i = 0; i < directory.Count; i++)
        {
            inGit |= directory[i].Equals(".git", StringComparison.OrdinalIgnoreCase);
        }

        return new DirectoryFindings(findings, open.ToArray(), inGit);
    }

    public void FindBelowHome(SegmentPath path, int first, ref PathFindings findings) => Walk(_home, path, first, guessed: false, ref findings);

    // guessed: a glob only might expand to this node's name, which makes a path suspicious but never harmless.
    // open: nodes at which the end is reached are kept, because it is only the end of the directory.
    private static void Walk(PathRuleNode node, SegmentPath path, int at, bool guessed, ref PathFindings findings, List<PathRuleNode>? open = null)
    {
        if (at == path.Count && open is not null)
        {
            open.Add(node);
            return;
        }

        findings.Add(node.Below, at, guessed);
        if (at == path.Count)
        {
            findings.Add(node.Exact, at, guessed);
            return;
        }

        var segment = path[at];
        if (!path.IsGlob(at))
        {
            if (node.Literal(segment) is { } next)
            {
                Walk(next, path, at + 1, guessed, ref findings, open);
            }
        }
        else if (!node.Anywhere || segment.IndexOfAnyExcept('*') >= 0)
        {
            foreach (var (name, next) in node.Literals)
            {
                if (!Glob.Differ(segment, name) && Glob.CouldExpandTo(segment, name) && (!node.Anywhere || Glob.AimsAt(segment, name)))
                {
                    Walk(next, path, at + 1, guessed: true, ref findings);
                }
            }
        }

        if (node.Patterns.Count == 0)
        {
            return;
        }

        var first = char.ToLowerInvariant(segment[0]);
        var last = char.ToLowerInvariant(segment[^1]);
        if (path.IsGlob(at))
        {
            // Two patterns can mean the same name whatever letters they begin with.
            foreach (var pattern in node.Patterns)
            {
                if (pattern.Matches(segment, first, last))
                {
                    Walk(pattern.Next, path, at + 1, guessed, ref findings);
                }
                else if (!Glob.Differ(segment, pattern.Text) && Glob.AimsAt(segment, pattern.Text) && Glob.Overlap(segment, pattern.Text))
                {
                    Walk(pattern.Next, path, at + 1, guessed: true, ref findings);
                }
            }

            return;
        }

        WalkMatching(node.ByFirst(first), path, at, first, last, guessed, ref findings, open);
        WalkMatching(node.ByLast(last), path, at, first, last, guessed, ref findings, open);
    }

    private static void WalkMatching(PathRulePattern[] patterns, SegmentPath path, int at, char first, char last, bool guessed, ref PathFindings findings, List<PathRuleNode>? open)
    {
        foreach (var pattern in patterns)
        {
            if (pattern.Matches(path[at], first, last))
            {
                Walk(pattern.Next, path, at + 1, guessed, ref findings, open);
            }
        }
    }
}
