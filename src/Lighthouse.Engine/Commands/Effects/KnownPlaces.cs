using Lighthouse.Engine.Commands.Contracts;

namespace Lighthouse.Engine.Commands.Effects;

/// <summary>Workspace, home and protected directories of an <see cref="ActionPlace"/>, split once for all paths that are compared with them.</summary>
internal sealed class KnownPlaces
{
    private readonly string? _workspaceRoot;
    private readonly string? _home;
    private readonly IReadOnlyList<string> _protectedPaths;

    private KnownPlaces(ActionPlace place)
    {
        (_workspaceRoot, _home, _protectedPaths) = (place.WorkspaceRoot, place.Home, place.ProtectedPaths);
        Workspace = place.WorkspaceRoot is { } root ? SegmentPath.OfLiteral(root) : null;
        Home = place.Home is { Length: > 1 } home ? SegmentPath.OfLiteral(home) : null;
        Protected = [.. place.ProtectedPaths.Select(SegmentPath.OfLiteral)];
    }

    public SegmentPath? Workspace { get; }
    public SegmentPath? Home { get; }
    public SegmentPath[] Protected { get; }

    // A command is judged on one thread, and only its working directory changes.
    [ThreadStatic]
    private static KnownPlaces? t_last;

    public static KnownPlaces Of(ActionPlace place) =>
        t_last is { } last && ReferenceEquals(last._workspaceRoot, place.WorkspaceRoot) && ReferenceEquals(last._home, place.Home) && ReferenceEquals(last._protectedPaths, place.ProtectedPaths)
            ? last : t_last = new KnownPlaces(place);
}
