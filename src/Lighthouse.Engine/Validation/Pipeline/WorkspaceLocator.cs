using Lighthouse.Contracts;
using Lighthouse.Engine.Commands.Contracts;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Engine.Platform;
using Microsoft.Extensions.Options;

namespace Lighthouse.Engine.Validation.Pipeline;

/// <summary>Says what counts as inside for a request. Lexical: the agent's file system may be on another host.</summary>
internal sealed class WorkspaceLocator(IOptions<WorkspaceOptions> workspace, IOptions<LighthouseOptions> lighthouse, OwnAddresses addresses)
{
    // A command that starts in one of these could reach the whole system: nothing is "inside".
    private static readonly string[] SystemDirectories =
    [
        "/bin", "/boot", "/dev", "/etc", "/lib", "/lib32", "/lib64", "/opt", "/proc", "/run", "/sbin", "/srv", "/sys", "/usr", "/var",
        "/mnt", "/media", "/snap", "/System", "/Library", "/Applications", "/private", "/Volumes",
    ];

    private static readonly string[] HomeParents = ["/home/", "/Users/"];

    private readonly IReadOnlyList<string> _protected = Outermost([Path.GetFullPath(lighthouse.Value.DataDirectory), .. workspace.Value.Protected.Select(Normalise)]);
    private volatile Own _own = new(addresses.All, [.. addresses.All.Union(workspace.Value.ProtectedAddresses)]);

    public ActionPlace Locate(DecisionRequest request, AgentIdentity agent)
    {
        var directory = string.IsNullOrEmpty(request.WorkingDirectory) ? null : Normalise(request.WorkingDirectory);
        return new ActionPlace(directory, RootOf(directory, agent), HomeOf(directory), _protected, Addresses());
    }

    // The same list until the host tells another one: it is part of what tells scopes apart.
    private IReadOnlyList<string> Addresses()
    {
        if (!ReferenceEquals(_own.Told, addresses.All))
        {
            _own = new(addresses.All, [.. addresses.All.Union(workspace.Value.ProtectedAddresses)]);
        }

        return _own.WithOthers;
    }

    // What lies below another one is protected with it; so nodes below one directory protect the same.
    private static string[] Outermost(string[] paths) =>
        [.. paths.Distinct().Where(path => !paths.Any(other => other != path && IsAbove(other, path))).Order(StringComparer.Ordinal)];

    private string? RootOf(string? directory, AgentIdentity agent)
    {
        if (directory is null)
        {
            return null;
        }

        var roots = agent.WorkspaceRoots.Count > 0 ? agent.WorkspaceRoots : workspace.Value.Roots;
        if (roots.Count == 0)
        {
            return IsTooWide(directory) ? null : directory;
        }

        string? longest = null;
        foreach (var root in roots)
        {
            var candidate = Normalise(root);
            if (IsAbove(candidate, directory) && candidate.Length > (longest?.Length ?? 0))
            {
                longest = candidate;
            }
        }

        return longest;
    }

    private static bool IsTooWide(string directory) =>
        directory is "/" or "/root" or "/home" or "/Users" or "/tmp"
        || HomeOf(directory) == directory
        || Array.Exists(SystemDirectories, system => IsAbove(system, directory));

    private static bool IsAbove(string root, string path) =>
        path == root || root == "/" || (path.StartsWith(root, StringComparison.Ordinal) && path[root.Length] == '/');

    private static string? HomeOf(string? directory)
    {
        if (directory is null)
        {
            return null;
        }

        if (IsAbove("/root", directory))
        {
            return "/root";
        }

        foreach (var parent in HomeParents)
        {
            if (directory.StartsWith(parent, StringComparison.Ordinal) && directory.Length > parent.Length)
            {
                var end = directory.IndexOf('/', parent.Length);
                return end < 0 ? directory : directory[..end];
            }
        }

        return null;
    }

    private static string Normalise(string path)
    {
        // Mostly it is in that form already.
        if (!path.StartsWith('/') || (path.Length > 1 && path[^1] != '/' && !path.Contains("/.", StringComparison.Ordinal) && !path.Contains("//", StringComparison.Ordinal)))
        {
            return path;
        }

        var parts = new List<string>();
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == ".." && parts.Count > 0)
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part is not ("." or ".."))
            {
                parts.Add(part);
            }
        }

        return "/" + string.Join('/', parts);
    }

    private sealed record Own(IReadOnlyList<string> Told, IReadOnlyList<string> WithOthers);
}
