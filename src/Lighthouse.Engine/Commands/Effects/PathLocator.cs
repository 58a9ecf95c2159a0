using Lighthouse.Engine.Commands.Contracts;

namespace Lighthouse.Engine.Commands.Effects;

/// <summary>What is special about a path beyond its place.</summary>
internal enum PathShape
{
    Plain,
    Root,
    Home,
    Workspace,
    GitDirectory,
    Device,
    HoldsProtected,

    /// <summary>A temporary directory as a whole, which all programs share.</summary>
    Region,
}

/// <param name="Region">The place without regard to secrets and start-up files.</param>
/// <param name="Name">The path in a form to show.</param>
/// <param name="Path">Where it is; null where that is not known to the end.</param>
internal readonly record struct PathSpot(Place Place, Place Region, PathShape Shape, string Name, SegmentPath? Path = null);

internal static class PathLocator
{
    private const StringComparison AnyCase = StringComparison.OrdinalIgnoreCase;
    private static readonly (string Variable, string Meaning)[] _shared =
        [("$HOME", "~"), ("${HOME}", "~"), ("$PWD", "."), ("${PWD}", "."), ("$TMPDIR", "/tmp"), ("${TMPDIR}", "/tmp")];

    private static readonly string[][] Homes = [["home", "*"], ["Users", "*"], ["root"]];

    public static PathSpot Locate(Word word, ActionPlace place, PathRules rules)
    {
        if (word is { Text: null, Shape: { } shape })
        {
            return SegmentPath.Of(shape.Pattern, hasGlob: true, place) is { } fitting
                ? Locate(fitting, word.Raw, place, rules) with { Path = null }
                : new PathSpot(Place.Unresolved, Place.Unresolved, PathShape.Plain, word.Raw);
        }

        var text = word.Text ?? FromVariable(word.Raw);
        if (text is null)
        {
            return Unknown(word, place, rules);
        }

        return SegmentPath.Of(text, word.HasGlob, place) is { } path
            ? Locate(path, text, place, rules)
            : new PathSpot(Place.Unresolved, Place.Unresolved, PathShape.Plain, text);
    }

    // Something is appended to a known beginning: it may climb out again, so only what is already bad counts.
    private static PathSpot Unknown(Word word, ActionPlace place, PathRules rules)
    {
        var unresolved = new PathSpot(Place.Unresolved, Place.Unresolved, PathShape.Plain, word.Raw);
        if (word.Prefix.Length == 0 || SegmentPath.Of(word.Prefix, word.HasGlob, place) is not { } path)
        {
            return unresolved;
        }

        var spot = Locate(path, word.Raw, place, rules);
        return spot.Place is Place.Credential or Place.Protected or Place.Startup or Place.Network || spot.Shape == PathShape.Device
            ? spot with { Path = null }
            : unresolved with { Shape = spot.Shape is PathShape.Root or PathShape.Home ? spot.Shape : PathShape.Plain };
    }

    private static PathSpot Locate(SegmentPath path, string name, ActionPlace place, PathRules rules)
    {
        var findings = new PathFindings();
        rules.Find(path, ref findings);

        var known = KnownPlaces.Of(place);
        var home = HomeDepth(path, known);
        if (home > 0)
        {
            rules.FindBelowHome(path, home, ref findings);
        }

        var region = Region(path, known, findings, home);
        var sensitive = findings.Sensitive switch
        {
            PathRule.Protected => Place.Protected,
            PathRule.Credential => Place.Credential,
            PathRule.Startup => Place.Startup,
            _ => region,
        };
        var shape = Shape(path, known, findings, home, region);
        var found = region is Place.None or Place.Network ? region : sensitive;
        return new PathSpot(IsProtected(path, known) ? Place.Protected : found, region, shape, name, path);
    }

    private static Place Region(SegmentPath path, KnownPlaces places, PathFindings findings, int home)
    {
        if (findings.Region is PathRule.Descriptor)
        {
            return Place.None;
        }

        if (findings.Region is PathRule.Network)
        {
            return Place.Network;
        }

        if (places.Workspace is { Count: > 0 } workspace && path.StartsWith(workspace, StringComparison.Ordinal) && workspace.Count >= findings.RegionDepth)
        {
            return Place.Workspace;
        }

        return findings.Region switch
        {
            PathRule.Temporary => Place.Temporary,
            _ when home > 0 => Place.Home,
            PathRule.System => Place.System,
            _ => path.Count <= 1 ? Place.System : Place.Outside,
        };
    }

    private static PathShape Shape(SegmentPath path, KnownPlaces places, PathFindings findings, int home, Place region)
    {
        if (findings.IsDevice && region == Place.System && path.Count > 1)
        {
            return PathShape.Device;
        }

        if (path.Count == 0 || (path.Count == 1 && path.IsGlob(0) && IsAll(path[0])))
        {
            return PathShape.Root;
        }

        if (home > 0 && (path.Count == home || (path.Count == home + 1 && IsAll(path[home]) && path.IsGlob(home))) || IsAllHomes(path))
        {
            return PathShape.Home;
        }

        foreach (var protectedPath in places.Protected)
        {
            if (protectedPath.StartsWith(path, AnyCase))
            {
                return PathShape.HoldsProtected;
            }
        }

        var directory = path.Directory;
        if (directory?.Known is { InGit: true })
        {
            return PathShape.GitDirectory;
        }

        for (var i = directory?.Known is null ? 0 : directory.Count; i < path.Count; i++)
        {
            if (path[i].Equals(".git", AnyCase) || (path.IsGlob(i) && Glob.CouldExpandTo(path[i], ".git") && path[i].Contains('g')))
            {
                return PathShape.GitDirectory;
            }
        }

        return IsWorkspace(path, places) ? PathShape.Workspace
            : region == Place.Temporary && (path.Count == findings.RegionDepth || (path.Count == findings.RegionDepth + 1 && path.IsGlob(path.Count - 1) && IsAll(path[path.Count - 1])))
            ? PathShape.Region : PathShape.Plain;
    }

    // The workspace itself, all in it, or a directory that holds it.
    private static bool IsWorkspace(SegmentPath path, KnownPlaces places)
    {
        if (places.Workspace is not { } workspace)
        {
            return false;
        }

        return workspace.StartsWith(path, StringComparison.Ordinal)
            || (path.Count == workspace.Count + 1 && path.IsGlob(path.Count - 1) && IsAll(path[path.Count - 1])
                && path.StartsWith(workspace, StringComparison.Ordinal));
    }

    private static bool IsAll(ReadOnlySpan<char> segment) => segment is "*" or "**" or ".*" or "*.*" or "?*" or ".[!.]*" or ".??*";

    private static bool IsAllHomes(SegmentPath path) =>
        path.Count is 1 && (path[0].Equals("home", AnyCase) || path[0].Equals("Users", AnyCase));

    // How many segments name the home directory that this path is in or is; 0 when it is in none.
    private static int HomeDepth(SegmentPath path, KnownPlaces places)
    {
        if (places.Home is { Count: > 0 } own && path.StartsWith(own, AnyCase))
        {
            return own.Count;
        }

        foreach (var home in Homes)
        {
            if (path.Count >= home.Length && Same(path, 0, home[0]) && (home.Length == 1 || path[1] is not "Shared"))
            {
                return home.Length;
            }
        }

        return 0;

        static bool Same(SegmentPath path, int at, string name) =>
            path[at].Equals(name, AnyCase) || (path.IsGlob(at) && Glob.CouldExpandTo(path[at], name) && !IsAll(path[at]));
    }

    private static bool IsProtected(SegmentPath path, KnownPlaces places)
    {
        foreach (var protectedPath in places.Protected)
        {
            if (path.StartsWith(protectedPath, AnyCase))
            {
                return true;
            }
        }

        return false;
    }

    // The few variables whose meaning every shell shares, when the word was not resolved: "$HOME/x".
    private static string? FromVariable(string raw)
    {
        var text = raw.Replace("\"", "", StringComparison.Ordinal);
        foreach (var (variable, meaning) in _shared)
        {
            if (text.StartsWith(variable, StringComparison.Ordinal) && text.AsSpan(variable.Length) is var rest
                && (rest.IsEmpty || rest[0] == '/') && rest.IndexOfAny("$`\\'(") < 0)
            {
                return string.Concat(meaning, rest);
            }
        }

        return null;
    }
}
