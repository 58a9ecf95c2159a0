using System.Net;
using System.Text;
using Lighthouse.Engine.Commands.Contracts;

namespace Lighthouse.Engine.Commands.Effects;

/// <summary>Hosts in URLs, <c>host:port</c> and bare names, whatever their spelling.</summary>
internal static class Addresses
{
    // Names that lead home: of the machine itself, and of public services whose every name does.
    private static readonly HashSet<string> Local = new(StringComparer.OrdinalIgnoreCase)
    {
        "localhost", "localhost.localdomain", "localhost6", "ip6-localhost", "ip6-loopback", "host.docker.internal", "host.containers.internal", "localtest.me", "lvh.me", "vcap.me", "lacolhost.com",
    };

    public static Place PlaceOf(Word address, ActionPlace place, HashSet<string> metadata)
    {
        var text = address.Text ?? (HasWholeHost(address.Prefix) ? address.Prefix : null);
        if (text is null)
        {
            return Place.Unresolved;
        }

        var (host, port) = Split(text);
        if (host.AsSpan().IndexOfAny("{}[]") >= 0)
        {
            // Clients expand such names themselves.
            return Place.Unresolved;
        }

        host = Canonical(host);
        if (metadata.Contains(host) || (Embedded(host) is { } inner && metadata.Contains(inner)))
        {
            return Place.Credential;
        }

        foreach (var own in place.ProtectedAddresses)
        {
            var (ownHost, ownPort) = Split(own);
            if (port == ownPort && (host.Equals(Canonical(ownHost), StringComparison.OrdinalIgnoreCase) || (IsLocal(host) && IsLocal(ownHost))))
            {
                return Place.Protected;
            }
        }

        return Place.Network;
    }

    public static bool IsLocal(string host)
    {
        host = Canonical(host);
        if (Local.Contains(host) || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase) || Local.Any(name => host.EndsWith("." + name, StringComparison.OrdinalIgnoreCase)))
        {
            return true;
        }

        return (IPAddress.TryParse(host, out var address) && (IPAddress.IsLoopback(address) || host.StartsWith("0.", StringComparison.Ordinal) || address.Equals(IPAddress.IPv6Any)))
            || (Embedded(host) is { } inner && IsLocal(inner));
    }

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

    /// <summary>One spelling for all of an address: 2852039166, 0xa9.254.43518 and ::ffff:a9fe:a9fe are 169.254.169.254.</summary>
    private static string Canonical(string host)
    {
        if (host.Contains('%') || !Ascii.IsValid(host))
        {
            host = Uri.UnescapeDataString(host).Normalize(NormalizationForm.FormKC).Replace('\u3002', '.');
        }

        host = host.TrimEnd('.');
        if (host.Contains(':'))
        {
            var zone = host.IndexOf('%');
            return IPAddress.TryParse(zone < 0 ? host : host[..zone], out var address) ? Mapped(address) : host;
        }

        return Dotted(host) ?? host;
    }

    // ::ffff:1.2.3.4, ::1.2.3.4 and 64:ff9b::1.2.3.4 reach the old address.
    private static string Mapped(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4().ToString();
        }

        var bytes = address.GetAddressBytes();
        var compatible = bytes.AsSpan(0, 12).IndexOfAnyExcept((byte)0) < 0 && bytes.AsSpan(12).IndexOfAnyExcept((byte)0) is >= 0 and < 3;
        var translated = bytes is [0, 0x64, 0xff, 0x9b, ..];
        return compatible || translated ? new IPAddress(bytes.AsSpan(12)).ToString() : address.ToString();
    }

    // Any number of parts, each decimal, octal or hexadecimal; the last fills what is left.
    private static string? Dotted(string host)
    {
        if (host.Length == 0 || !char.IsAsciiDigit(host[0]))
        {
            return null;
        }

        var parts = host.Split('.');
        ulong value = 0;
        for (var i = 0; i < parts.Length; i++)
        {
            if (i > 3 || !TryNumber(parts[i], out var number))
            {
                return null;
            }

            value |= i == parts.Length - 1 ? number : (ulong)number << (24 - (8 * i));
        }

        return $"{value >> 24 & 255}.{value >> 16 & 255}.{value >> 8 & 255}.{value & 255}";
    }

    // Public services resolve a name to the address written in it: 127.0.0.1.nip.io, app.127-0-0-1.sslip.io, 7f000001.nip.io
    private static string? Embedded(string host)
    {
        var labels = host.Split('.');
        if (labels.Length < 3)
        {
            return null;
        }

        for (var i = 0; i < labels.Length; i++)
        {
            if (labels[i].Length == 8 && uint.TryParse(labels[i], System.Globalization.NumberStyles.AllowHexSpecifier, null, out var hexadecimal))
            {
                return $"{hexadecimal >> 24}.{hexadecimal >> 16 & 255}.{hexadecimal >> 8 & 255}.{hexadecimal & 255}";
            }

            var parts = labels[i].Split('-');
            if (parts.Length >= 4 && Address(parts[^4..]) is { } dashed)
            {
                return dashed;
            }

            if (i + 4 < labels.Length && Address(labels[i..(i + 4)]) is { } dotted)
            {
                return dotted;
            }
        }

        return null;
    }

    private static string? Address(string[] parts) => Array.TrueForAll(parts, static part => byte.TryParse(part, out _)) ? string.Join('.', parts) : null;

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
