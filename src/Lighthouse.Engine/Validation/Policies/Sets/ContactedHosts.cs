using System.Buffers;
using System.Net;
using Lighthouse.Contracts;

namespace Lighthouse.Engine.Validation.Policies.Sets;

/// <summary>The hosts that a request contacts, each with every domain above it; and <see cref="Unknown"/> where some host is not known.</summary>
internal static class ContactedHosts
{
    /// <summary>Stands for a host that nobody can read from the request: no list of permitted hosts holds it.</summary>
    public const string Unknown = "?";

    // A target that long may have been cut.
    private const int Longest = 500;

    private static readonly SearchValues<char> Scheme = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.");

    // Where the host ends: as the standard says, as browsers say, who take a backslash for a slash, and as those say who take what follows a mark for a name's end.
    private static readonly string[] Ends = ["/?#", "/?#\\", "/"];

    public static IReadOnlyCollection<string> Of(IEnumerable<ActionPart> parts)
    {
        var all = new HashSet<string>(StringComparer.Ordinal);
        HashSet<(int, string?)>? named = null;
        HashSet<(int, string?)>? silent = null;
        foreach (var part in parts)
        {
            if (part.Place != "network" && part.Effect is not (EffectNames.NetworkIn or EffectNames.NetworkOut))
            {
                continue;
            }

            var command = (part.Command, part.Program);
            if (part.Target is { Length: > 0 } target && part.Field != "query")
            {
                AddHosts(all, target);
                (named ??= []).Add(command);
            }
            else
            {
                (silent ??= []).Add(command);
            }
        }

        // "sends data" says how, and another part of the same command whereto.
        if (silent is not null && !(named is not null && silent.IsSubsetOf(named)))
        {
            all.Add(Unknown);
        }

        return all;
    }

    private static void AddHosts(HashSet<string> all, string target)
    {
        var text = WithoutScheme(target);
        foreach (var ends in Ends)
        {
            var end = text.AsSpan().IndexOfAny(ends);
            var authority = end >= 0 ? text[..end] : target.Length < Longest ? text : "";
            var host = HostOf(authority[(authority.LastIndexOf('@') + 1)..]);
            all.Add(host ?? Unknown);
            // An address has no domain above it.
            if (host is null || host.Contains(':', StringComparison.Ordinal) || IPAddress.TryParse(host, out _))
            {
                continue;
            }

            for (var dot = host.IndexOf('.', StringComparison.Ordinal); dot >= 0; dot = host.IndexOf('.', dot + 1))
            {
                all.Add(host[(dot + 1)..]);
            }
        }
    }

    // Clients are not strict about the number of slashes: https:/host is a host, too.
    private static string WithoutScheme(string target)
    {
        var letters = target.AsSpan().IndexOfAnyExcept(Scheme);
        return letters > 0 && target[letters] == ':' && letters + 1 < target.Length && target[letters + 1] is '/' or '\\'
            ? target[(letters + 1)..].TrimStart('/', '\\')
            : target.TrimStart('/');
    }

    /// <returns>Null for what is no name of a host.</returns>
    private static string? HostOf(string authority)
    {
        if (authority is ['[', ..] && authority.IndexOf(']', StringComparison.Ordinal) is > 0 and var close)
        {
            return IPAddress.TryParse(authority[1..close], out _) ? authority[1..close].ToLowerInvariant() : null;
        }

        // One colon is a port, or what follows it is a path as scp writes it; more are an address of version 6.
        var colon = authority.IndexOf(':', StringComparison.Ordinal);
        var host = colon >= 0 && authority.IndexOf(':', colon + 1) < 0 ? authority[..colon] : authority;
        host = host.TrimEnd('.').ToLowerInvariant();
        return host.Length > 0 && (char.IsLetterOrDigit(host[0]) || host[0] is '_' or ':') && host.All(static c => char.IsLetterOrDigit(c) || c is '.' or '-' or '_' or ':') ? host : null;
    }
}
