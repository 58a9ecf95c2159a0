using Lighthouse.Contracts;
using Lighthouse.Engine.Commands.Contracts;

namespace Lighthouse.Engine.Commands.Effects;

internal sealed class PathPlaces : IPathPlaces
{
    private readonly PathRules _rules = PathRules.Load();

    public Place PlaceOf(Word path, ActionPlace place) => Locate(path, place).Place;

    public Place PlaceOfAddress(Word address, ActionPlace place) => Addresses.PlaceOf(address, place, _rules.MetadataAddresses);

    public EffectUse? Read(Word path, ActionPlace place, string? program)
    {
        var spot = Locate(path, place);
        return spot.Place switch
        {
            Place.None => null,
            Place.Credential => Use(Effect.CredentialAccess, Risk.High, $"reads credentials ({spot.Name})"),
            Place.Protected => Use(Effect.Read, Risk.Critical, "reads Lighthouse's own data"),
            Place.Network => OwnDoor(path, place, program) ?? Use(Effect.NetworkIn, Risk.Medium, "reads from a network address"),
            Place.Startup => Use(Effect.Read, Risk.Low, $"reads {spot.Name}") with { Place = spot.Region },
            Place.Unresolved when place.PossibleDirectories.Count > 0 && (path.Text ?? path.Shape?.Pattern) is { Length: > 0 } text && text[0] is not ('/' or '~') => ReadSomewhere(text),
            Place.Unresolved when path.Names is { } names => ReadListed(names) ?? Use(Effect.Read, Risk.Low, "reads files that its input names"),
            Place.Unresolved => Use(Effect.Read, Risk.Medium, "reads a file whose name is not known beforehand"),
            _ => Use(Effect.Read, Risk.Low, $"reads {spot.Name}"),
        };

        EffectUse Use(Effect effect, Risk risk, string why) => Make(effect, spot, risk, why, path, program);

        // The most severe of what it may be, by the directory that the shell is in.
        EffectUse? ReadSomewhere(string text)
        {
            EffectUse? worst = null;
            foreach (var directory in place.PossibleDirectories)
            {
                var use = Glob.IsPattern(directory)
                    ? Read(path with { Text = $"{directory}/{text}", HasGlob = true }, place with { PossibleDirectories = [] }, program)
                    : Read(path, place with { WorkingDirectory = directory, PossibleDirectories = [] }, program);
                worst = use is not null && (worst is null || use.Risk > worst.Risk) ? use : worst;
            }

            return worst is null ? null : worst with { Path = null, Target = path.Text ?? path.Raw };
        }

        // The most severe of what a listing may name.
        EffectUse? ReadListed(IReadOnlyList<Word> names)
        {
            EffectUse? worst = null;
            foreach (var name in names)
            {
                var use = Read(name with { Start = path.Start, Length = path.Length }, place, program);
                worst = use is not null && (worst is null || use.Risk > worst.Risk) ? use : worst;
            }

            return worst is { Effect: not Effect.Read } or { Risk: > Risk.Low } ? worst : null;
        }
    }

    public EffectUse? List(Word path, ActionPlace place, string? program)
    {
        var spot = Locate(path, place);
        return spot.Place switch
        {
            Place.None => null,
            Place.Protected => Make(Effect.Read, spot, Risk.Critical, "looks into Lighthouse's own data", path, program),
            Place.Credential or Place.Startup => Make(Effect.Read, spot, Risk.Low, $"lists {spot.Name}", path, program) with { Place = spot.Region },
            _ => Make(Effect.Read, spot, Risk.Low, $"lists {spot.Name}", path, program),
        };
    }

    public EffectUse? Write(Word path, ActionPlace place, string? program)
    {
        var spot = Locate(path, place);
        if (spot.Shape == PathShape.Device)
        {
            return Use(Effect.WriteOutside, Risk.Critical, $"writes directly to the device {spot.Name}");
        }

        return spot.Place switch
        {
            Place.None => null,
            Place.Workspace when spot.Shape == PathShape.GitDirectory => Use(Effect.HistoryRewrite, Risk.High, "writes into the git directory"),
            Place.Workspace when StandsForLibrary(spot.Path, place) => Use(Effect.Persistence, Risk.High, $"writes {spot.Name}, which Python takes for the library of that name"),
            Place.Workspace => Use(Effect.WriteWorkspace, Risk.Low, $"writes {spot.Name}"),
            Place.Temporary => Use(Effect.WriteOutside, Risk.Low, $"writes {spot.Name}"),
            Place.Credential => Use(Effect.CredentialAccess, Risk.High, $"writes credentials ({spot.Name})"),
            Place.Startup => Use(Effect.Persistence, Risk.High, $"writes {spot.Name}, which runs or configures later sessions"),
            Place.Protected => Use(Effect.WriteOutside, Risk.Critical, "writes into Lighthouse's own data"),
            Place.Network => OwnDoor(path, place, program) ?? Use(Effect.NetworkOut, Risk.High, "sends data to a network address"),
            Place.Unresolved => Use(Effect.WriteOutside, Risk.Medium, "writes a file whose name is not known beforehand"),
            Place.System => Use(Effect.WriteOutside, Risk.High, $"writes the system file {spot.Name}"),
            Place.Home => Use(Effect.WriteOutside, Risk.Medium, $"writes {spot.Name} in a home directory"),
            _ => Use(Effect.WriteOutside, Risk.Medium, $"writes {spot.Name} outside the workspace"),
        };

        EffectUse Use(Effect effect, Risk risk, string why) => Make(effect, spot, risk, why, path, program);
    }

    public EffectUse? Delete(Word path, ActionPlace place, bool recursive, string? program)
    {
        var spot = Locate(path, place);
        return (spot.Place, spot.Shape) switch
        {
            (Place.Protected, _) => Use(Risk.Critical, "deletes Lighthouse's own data"),
            (_, PathShape.HoldsProtected) when recursive => Use(Risk.Critical, "deletes a directory that holds Lighthouse's own data") with { Place = Place.Protected },
            (_, PathShape.Device) => Use(Risk.Critical, $"deletes the device {spot.Name}"),
            (_, PathShape.Root) when recursive => Use(Risk.Critical, "deletes the whole file system"),
            (_, PathShape.Home) when recursive => Use(Risk.Critical, "deletes the home directory"),
            (Place.System, _) when recursive => Use(Risk.Critical, $"deletes the system directory {spot.Name}"),
            (Place.None, _) => Use(Risk.High, $"deletes {spot.Name}") with { Place = Place.System },
            (_, PathShape.GitDirectory) => Use(Risk.High, "deletes git history") with { Effect = Effect.HistoryRewrite },
            (_, PathShape.Workspace) when recursive => Use(Risk.High, "deletes the whole workspace"),
            (Place.Workspace, _) => Use(recursive ? Risk.Medium : Risk.Low, recursive ? $"deletes {spot.Name} and all below it" : $"deletes {spot.Name}"),
            (Place.Temporary, PathShape.Region) => Use(Risk.High, $"deletes the whole of {spot.Name}"),
            (Place.Temporary, _) => Use(Risk.Low, $"deletes {spot.Name}"),
            (Place.Credential, _) => Use(Risk.High, $"deletes credentials ({spot.Name})"),
            (Place.Unresolved, _) => Use(Risk.High, "deletes files whose names are not known beforehand"),
            (Place.System, _) => Use(Risk.High, $"deletes the system file {spot.Name}"),
            _ => Use(recursive ? Risk.High : Risk.Medium, $"deletes {spot.Name} outside the workspace"),
        };

        EffectUse Use(Risk risk, string why) => Make(Effect.Delete, spot, risk, why, path, program);
    }

    public EffectUse Contact(Word address, ActionPlace place, bool sends, string? program)
    {
        var target = address.Text ?? address.Raw;
        return PlaceOfAddress(address, place) switch
        {
            Place.Protected => Use(sends ? Effect.NetworkOut : Effect.NetworkIn, Place.Protected, Risk.Critical, "talks to Lighthouse itself"),
            Place.Credential => Use(Effect.CredentialAccess, Place.Credential, Risk.High, "asks a cloud metadata service for credentials"),
            Place.Unresolved when sends => Use(Effect.NetworkOut, Place.Unresolved, Risk.High, "sends data to an address that is not known beforehand"),
            Place.Unresolved => Use(Effect.NetworkIn, Place.Unresolved, Risk.Medium, "fetches from an address that is not known beforehand"),
            _ when sends => Use(Effect.NetworkOut, Place.Network, Risk.Medium, $"sends data to {target}"),
            _ => Use(Effect.NetworkIn, Place.Network, Risk.Low, $"fetches from {target}"),
        };

        EffectUse Use(Effect effect, Place where, Risk risk, string why) =>
            new(effect, where, target, risk, why, address.Start, address.Length, program);
    }

    // json.py or json/__init__.py in the directory where somebody asks for json.
    private bool StandsForLibrary(SegmentPath? path, ActionPlace place)
    {
        if (path is not { Count: > 1 })
        {
            return false;
        }

        var last = path[path.Count - 1];
        var isPackage = last is "__init__.py" or "__main__.py";
        var depth = path.Count - (isPackage ? 2 : 1);
        return (isPackage || last.EndsWith(".py") || last.EndsWith(".so") || last.EndsWith(".pyc"))
            && (IsDirectory(place.WorkingDirectory) || IsDirectory(place.WorkspaceRoot))
            && _rules.Modules.Contains((isPackage ? path[depth] : last[..last.IndexOf('.')]).ToString());

        bool IsDirectory(string? directory) => directory is not null && SegmentPath.OfLiteral(directory) is var segments && segments.Count == depth && path.StartsWith(segments, StringComparison.Ordinal);
    }

    // /dev/tcp/host/port
    private EffectUse? OwnDoor(Word path, ActionPlace place, string? program) =>
        path.Text?.Split('/', StringSplitOptions.RemoveEmptyEntries) is [_, _, var host, var port]
        && Contact(path with { Text = $"{host}:{port}" }, place, sends: true, program) is { Place: Place.Protected or Place.Credential } contact ? contact : null;

    private static EffectUse Make(Effect effect, PathSpot spot, Risk risk, string why, Word path, string? program) =>
        new(effect, spot.Place, path.Text ?? path.Raw, risk, why, path.Start, path.Length, program) { At = spot.Path };

    private PathSpot Locate(Word path, ActionPlace place) => PathLocator.Locate(path, place, _rules);
}
