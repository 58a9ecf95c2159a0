using System.Buffers;
using System.IO.Enumeration;
using System.Text.RegularExpressions;
using Lighthouse.Contracts;
using Lighthouse.Engine.Validation.Policies.Cedar;

namespace Lighthouse.Engine.Validation.Policies.Sets;

/// <summary>The paths of an analysis, in the forms that policies ask about.</summary>
internal static partial class TouchedPaths
{
    // An analysis can name thousands of files; a policy that does not see them all must not be asked.
    private const int Most = 4_096;
    private const string Below = "/**";
    private static readonly SearchValues<char> Wild = SearchValues.Create("*?[");

    public static bool IsChange(string effect) => effect is not (EffectNames.Read or EffectNames.NetworkIn or EffectNames.NetworkOut or EffectNames.CredentialAccess);

    // A target that is absolute as it stands is its own path.
    private static string? PathOf(ActionPart part) =>
        part.Place is "network" or "none" ? null : (part.Path ?? part.Target) is ['/', ..] path ? Trim(path) : null;

    /// <summary>The last names of all paths, and every literal that a pattern among them could mean.</summary>
    public static HashSet<string> Names(IEnumerable<ActionPart> parts, IReadOnlyList<string> literals)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var path in parts.Select(PathOf).OfType<string>())
        {
            var name = path[(path.LastIndexOf('/') + 1)..];
            if (name.Length == 0 || !names.Add(name) || !IsPattern(name))
            {
                continue;
            }

            // A class of characters counts as any one of them.
            var pattern = CharacterClass().Replace(name, "?");
            names.UnionWith(literals.Where(one => !one.Contains('/', StringComparison.Ordinal) && FileSystemName.MatchesSimpleExpression(pattern, one, ignoreCase: false)));
        }

        return names;
    }

    public static HashSet<string> WithAncestors(IEnumerable<ActionPart> parts, IReadOnlyList<string> literals)
    {
        var all = new HashSet<string>(StringComparer.Ordinal);
        var wide = new List<string>();
        foreach (var part in parts)
        {
            if (PathOf(part) is not { } path)
            {
                continue;
            }

            var deep = path.EndsWith(Below, StringComparison.Ordinal);
            path = deep ? Root(path[..^Below.Length]) : path;
            AddWithAncestors(all, path);
            // Who moves, replaces or copies onto a directory changes what is in it, as who deletes it does.
            if (deep || IsChange(part.Effect) || IsPattern(path))
            {
                wide.Add(path);
            }
        }

        // Who deletes a directory, or reads through it, touches what a policy names below it.
        foreach (var literal in literals)
        {
            if (literal.StartsWith('/') && wide.Any(path => Covers(path, literal)))
            {
                AddWithAncestors(all, Trim(literal));
            }
        }

        return all;
    }

    public static IReadOnlyCollection<string> CommonAncestors(Analysis analysis)
    {
        HashSet<string>? common = null;
        if (!analysis.Complete)
        {
            return [];
        }

        foreach (var part in analysis.Parts)
        {
            if (part.Place is "network" or "none")
            {
                continue;
            }

            if (part.Place == "unresolved" || PathOf(part) is not { } path)
            {
                return [];
            }

            // Of a pattern only its fixed part is known to hold.
            var star = path.AsSpan().IndexOfAny(Wild);
            var here = new HashSet<string>(StringComparer.Ordinal);
            AddWithAncestors(here, star < 0 ? path : Root(path[..path.LastIndexOf('/', star)]));
            if (common is null)
            {
                common = here;
            }
            else
            {
                common.IntersectWith(here);
            }
        }

        return common ?? [];
    }

    private static bool IsPattern(string path) => path.AsSpan().ContainsAny(Wild);

    private static bool Covers(string path, string literal)
    {
        // A pattern stands for everything that it could match: what begins with its fixed part, or lies on the way there.
        var star = path.AsSpan().IndexOfAny(Wild);
        if (star >= 0)
        {
            return literal.AsSpan().StartsWith(path.AsSpan(0, star), StringComparison.Ordinal);
        }

        return path == "/" || literal == path || (literal.StartsWith(path, StringComparison.Ordinal) && literal[path.Length] == '/');
    }

    [GeneratedRegex(@"\[[^\]]*\]", RegexOptions.NonBacktracking)]
    private static partial Regex CharacterClass();

    private static string Root(string path) => path.Length == 0 ? "/" : path;

    private static string Trim(string path) => path.Length > 1 ? path.TrimEnd('/') is { Length: > 0 } trimmed ? trimmed : "/" : path;

    private static void AddWithAncestors(HashSet<string> all, string path)
    {
        for (var at = path; at.Length > 0 && all.Add(at); at = at.LastIndexOf('/') is var slash and > 0 ? at[..slash] : at == "/" || at[0] != '/' ? "" : "/")
        {
            if (all.Count > Most)
            {
                throw new CedarException($"The request names more than {Most:N0} paths, which is more than policies can be asked about.");
            }
        }
    }
}
