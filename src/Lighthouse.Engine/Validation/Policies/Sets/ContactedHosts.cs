using Lighthouse.Contracts;

namespace Lighthouse.Engine.Validation.Policies.Sets;

/// <summary>The hosts that a request contacts, each with every domain above it.</summary>
internal static class ContactedHosts
{
    public static IReadOnlyCollection<string> Of(IEnumerable<ActionPart> parts)
    {
        var all = new HashSet<string>(StringComparer.Ordinal);
        foreach (var part in parts)
        {
            if (part.Place != "network" || HostOf(part.Target) is not { Length: > 0 } host)
            {
                continue;
            }

            all.Add(host);
            // An address has no domain above it.
            if (host.Contains(':', StringComparison.Ordinal) || System.Net.IPAddress.TryParse(host, out _))
            {
                continue;
            }

            for (var dot = host.IndexOf('.', StringComparison.Ordinal); dot >= 0; dot = host.IndexOf('.', dot + 1))
            {
                all.Add(host[(dot + 1)..]);
            }
        }

        return all;
    }

    private static string? HostOf(string? target)
    {
        if (string.IsNullOrEmpty(target))
        {
            return null;
        }

        var text = target.AsSpan();
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        text = scheme >= 0 ? text[(scheme + 3)..] : text;
        var end = text.IndexOfAny("/?#\\");
        text = end >= 0 ? text[..end] : text;
        text = text[(text.LastIndexOf('@') + 1)..];
        if (text is ['[', ..] && text.IndexOf(']') is var close and > 0)
        {
            return text[1..close].ToString().ToLowerInvariant();
        }

        // One colon is a port, or what follows it is a path as scp writes it; more are an address of version 6.
        var colon = text.IndexOf(':');
        text = colon >= 0 && text[(colon + 1)..].IndexOf(':') < 0 ? text[..colon] : text;
        return text.TrimEnd('.').ToString().ToLowerInvariant();
    }
}
