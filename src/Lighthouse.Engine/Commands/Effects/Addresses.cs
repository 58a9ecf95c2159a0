using Lighthouse.Engine.Commands.Contracts;

namespace Lighthouse.Engine.Commands.Effects;

/// <summary>Hosts in URLs, <c>host:port</c> and bare names.</summary>
internal static class Addresses
{
    private static readonly HashSet<string> Local = new(StringComparer.OrdinalIgnoreCase) { "localhost", "127.0.0.1", "::1", "0.0.0.0", "::", "0", "127.1", "ip6-localhost", "host.docker.internal" };

    public static Place PlaceOf(Word address, ActionPlace place, HashSet<string> metadata)
    {
        var text = address.Text ?? (HasWholeHost(address.Prefix) ? address.Prefix : null);
        if (text is null)
        {
            return Place.Unresolved;
        }

        var (host, port) = Split(text);
        if (metadata.Contains(host) || IsNumericForm(host, metadata))
        {
            return Place.Credential;
        }

        foreach (var own in place.ProtectedAddresses)
        {
            var (ownHost, ownPort) = Split(own);
            if (port == ownPort && (host.Equals(ownHost, StringComparison.OrdinalIgnoreCase) || (IsLocal(host) && IsLocal(ownHost))))
            {
                return Place.Protected;
            }
        }

        return Place.Network;
    }

    public static bool IsLocal(string host) => Local.Contains(host) || host.StartsWith("127.", StringComparison.Ordinal) || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);

    /// <summary>Host without user and brackets; the scheme's port where none is written.</summary>
    public static (string Host, int Port) Split(string address)
    {
        var rest = address.AsSpan().Trim();
        var port = 80;
        if (rest.IndexOf("://") is >= 0 and var scheme)
        {
            port = rest[..scheme].Equals("https", StringComparison.OrdinalIgnoreCase) ? 443 : 80;
            rest = rest[(scheme + 3)..];
        }

        rest = rest.IndexOfAny('/', '?', '#') is >= 0 and var end ? rest[..end] : rest;
        rest = rest.LastIndexOf('@') is >= 0 and var user ? rest[(user + 1)..] : rest;
        if (rest.StartsWith('[') && rest.IndexOf(']') is > 0 and var close)
        {
            return (rest[1..close].ToString(), int.TryParse(rest[(close + 1)..].TrimStart(':'), out var given) ? given : port);
        }

        var colon = rest.LastIndexOf(':');
        if (colon >= 0 && colon == rest.IndexOf(':') && int.TryParse(rest[(colon + 1)..], out var written))
        {
            return (rest[..colon].TrimEnd('.').ToString(), written);
        }

        return (rest.TrimEnd('.').ToString(), port);
    }

    // http://example.org/$x: the host is known although the rest is not.
    private static bool HasWholeHost(string prefix) =>
        prefix.IndexOf("://", StringComparison.Ordinal) is >= 0 and var scheme && prefix.IndexOf('/', scheme + 3) > 0;

    // 2852039166 and 0xa9fea9fe are 169.254.169.254 to most clients.
    private static bool IsNumericForm(string host, HashSet<string> metadata)
    {
        if (host.Length == 0 || !char.IsAsciiDigit(host[0]))
        {
            return false;
        }

        var parts = host.Split('.');
        var bytes = new List<uint>();
        foreach (var part in parts)
        {
            if (!TryNumber(part, out var number))
            {
                return false;
            }

            bytes.Add(number);
        }

        ulong value = 0;
        for (var i = 0; i < bytes.Count; i++)
        {
            value |= i == bytes.Count - 1 ? bytes[i] : (ulong)bytes[i] << (24 - (8 * i));
        }

        return bytes.Count <= 4 && metadata.Contains($"{value >> 24 & 255}.{value >> 16 & 255}.{value >> 8 & 255}.{value & 255}");
    }

    private static bool TryNumber(string part, out uint number)
    {
        number = 0;
        try
        {
            number = part.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? Convert.ToUInt32(part[2..], 16)
                : part.Length > 1 && part[0] == '0' ? Convert.ToUInt32(part, 8)
                : Convert.ToUInt32(part, 10);
            return true;
        }
        catch (Exception exception) when (exception is FormatException or OverflowException or ArgumentException)
        {
            return false;
        }
    }
}
