using Lighthouse.Contracts;
using Lighthouse.Engine.Commands.Effects;

namespace Lighthouse.Engine.Commands.Programs.Reading;

/// <summary>Arguments that name machines, addresses, or what is sent to them.</summary>
internal static class NetworkRoles
{
    private static readonly HashSet<string> FetchingSchemes = new(StringComparer.OrdinalIgnoreCase) { "http", "https", "ftp", "ftps", "git", "s3", "gs", "oci", "docker", "file" };

    public static void Read(string role, Word word, ReadingSink sink)
    {
        switch (role)
        {
            case "url":
                Address(word, sends: false, sink);
                break;
            case "send":
                Address(word, sends: true, sink);
                break;
            case "host":
                sink.Add(sink.Paths.Contact(word, sink.Place, sends: false, sink.Program));
                break;
            case "url-file" when IsUrl(word):
                Address(word, sends: false, sink);
                break;
            case "url-file":
                ArgumentRoles.Read("read", word, sink);
                break;
            case "http-item":
                HttpItem(word, sink);
                break;
            case "s3-from" or "s3-to" when !IsUrl(word):
                ArgumentRoles.Read(role == "s3-from" ? "tree" : "write", word, sink);
                break;
            case "s3-from" or "s3-to":
                break;
            case "socat-address":
                RemoteRoles.SocatAddress(word, sink);
                break;
            case "method":
                Method(word, sink);
                break;
            case "gh-endpoint" when IsUrl(word) && !(word.Text ?? word.Prefix).StartsWith("https://api.github.com/", StringComparison.OrdinalIgnoreCase):
                Address(word, sends: true, sink);
                break;
            case "gh-endpoint":
                break;
            case "gh-header" when (word.Text ?? "Authorization").StartsWith("Authorization", StringComparison.OrdinalIgnoreCase):
                sink.Add(Effect.CredentialAccess, Place.Credential, Risk.High, "speaks with another identity", word);
                break;
            case "route" or "route-resolve" or "route-connect" or "route-hidden" or "route-file":
                Route(role, word, sink);
                break;
            case "header" or "gh-header":
                Header(word, sink);
                break;
            case "at-file":
                AtFile(word, sink);
                break;
            case "form":
                Form(word, sink);
                break;
            case "remote-from":
                RemoteRoles.Remote(word, sends: false, sink);
                break;
            case "remote-to":
                RemoteRoles.Remote(word, sends: true, sink);
                break;
            case "ssh-option":
                RemoteRoles.SshOption(word, sink);
                break;
            case "revision-path":
                RevisionPath(word, sink);
                break;
            default:
                // A role that is not known is a defect of the data; fail closed.
                sink.Add(EffectTerm.NotKnown with { Why = $"{sink.Program} has an argument that is not understood" });
                break;
        }
    }

    private static bool IsUrl(Word word) => (word.Text ?? word.Prefix).Contains("://", StringComparison.Ordinal);

    private static void Address(Word word, bool sends, ReadingSink sink)
    {
        var text = word.Text ?? word.Prefix;
        if (text.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
        {
            // file://host/path has a host; file:/path and file:///path have none.
            var path = text[5..];
            path = path.StartsWith("//", StringComparison.Ordinal) && path.IndexOf('/', 2) is >= 2 and var end ? path[end..] : path;
            path = path.TrimStart('/');
            var known = word.IsKnown && path.AsSpan().IndexOfAny("{}") < 0;
            ArgumentRoles.Read("read", word with { Text = known ? "/" + Uri.UnescapeDataString(path) : null, Prefix = "/" + path.Split('{')[0], HasGlob = path.Contains('[') }, sink);
            return;
        }

        if (!word.IsKnown && word.Prefix.Contains("://", StringComparison.Ordinal))
        {
            // What a substitution appends to an address may carry data out.
            sink.Add(Effect.NetworkOut, Place.Network, Risk.Medium, "asks for an address that is put together from something else", word);
        }

        if (!sends && text.IndexOf("://", StringComparison.Ordinal) is > 0 and var scheme && !FetchingSchemes.Contains(text[..scheme]))
        {
            // The other protocols of a client say whatever the address holds, or sign in.
            sink.Add(Effect.NetworkOut, Place.Network, Risk.Medium, $"speaks {text[..scheme]} to a server", word);
        }

        sink.Add(sink.Paths.Contact(word, sink.Place, sends, sink.Program));
    }

    // httpie: METHOD, then the address, then name=value and name@file items.
    private static void HttpItem(Word word, ReadingSink sink)
    {
        var text = word.Text ?? word.Prefix;
        if (text is "GET" or "HEAD" or "OPTIONS")
        {
            return;
        }

        if (text is "POST" or "PUT" or "PATCH" or "DELETE")
        {
            Method(word, sink);
        }
        else if (text.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && !text.Contains("://", StringComparison.Ordinal))
        {
            ArgumentRoles.Read("tree", word with { Text = text[(at + 1)..] }, sink);
            How("sends a file", word, sink);
        }
        else if (text.Contains('=') && !text.Contains("==", StringComparison.Ordinal) && !text.Contains("://", StringComparison.Ordinal))
        {
            How("sends data", word, sink);
        }
        else if (!text.Contains("==", StringComparison.Ordinal))
        {
            Address(word, sends: false, sink);
        }
    }

    private static void Method(Word word, ReadingSink sink)
    {
        if (word.Text?.ToUpperInvariant() is not ("GET" or "HEAD" or "OPTIONS"))
        {
            How($"changes something on a server with the method {word.Text ?? word.Raw}", word, sink);
        }
    }

    // Says how a request is made, not whereto: the word is no host.
    private static void How(string why, Word word, ReadingSink sink) =>
        sink.Add(new EffectUse(Effect.NetworkOut, Place.Network, null, Risk.Medium, why, word.Start, word.Length, sink.Program));

    // A host that the command does not say.
    private const string Hidden = "?";

    // The option says whom the client really talks to: a proxy, another address, or another machine in the place of the one that is named.
    private static void Route(string role, Word word, ReadingSink sink)
    {
        if (role == "route-file")
        {
            ArgumentRoles.Read("write", word, sink);
        }

        var parts = (word.Text ?? "").Split(':');
        string[] hosts = role switch
        {
            _ when word.Text is null => [Hidden],
            "route" => word.Text.Split(','),
            // host:port:address,address and, so that any address will do, +host:port:address
            "route-resolve" when parts.Length > 2 => string.Join(':', parts[2..]).Split(','),
            "route-resolve" when word.Text is ['-', ..] => [],
            // host:port:host:port; an empty host is the one that is named anyway.
            "route-connect" when parts is [_, _, var host, var port] => host.Length == 0 ? [] : [port.Length == 0 ? host : $"{host}:{port}"],
            _ => [Hidden],
        };
        foreach (var host in hosts)
        {
            sink.Add(sink.Paths.Contact(host == Hidden ? word with { Text = null, Raw = Hidden, Prefix = "" } : word with { Text = host }, sink.Place, sends: true, sink.Program));
        }
    }

    // Identity in a header speaks with somebody's rights; an unknown value may carry anything.
    private static void Header(Word word, ReadingSink sink)
    {
        var text = word.Text ?? word.Prefix;
        if (text.StartsWith('@'))
        {
            ArgumentRoles.Read("read", word with { Text = text[1..] }, sink);
        }

        if (!word.IsKnown)
        {
            How("sends a header whose value is not known beforehand", word, sink);
        }
        else if (text.StartsWith("X-HTTP-Method", StringComparison.OrdinalIgnoreCase) || text.StartsWith("Transfer-Encoding", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("Content-Length", StringComparison.OrdinalIgnoreCase))
        {
            How("shapes a request so that it sends data", word, sink);
        }
    }

    private static void AtFile(Word word, ReadingSink sink)
    {
        if ((word.Text ?? word.Prefix) is { Length: > 1 } text && text[0] == '@')
        {
            PathRoles.Tree(word with { Text = word.IsKnown ? text[1..] : null, Prefix = text[1..] }, sink);
        }
    }

    private static void Form(Word word, ReadingSink sink)
    {
        var text = word.Text ?? word.Prefix;
        if (text.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals && equals + 1 < text.Length && text[equals + 1] is '@' or '<')
        {
            var path = text[(equals + 2)..].Split(';')[0].Trim('"');
            PathRoles.Tree(word with { Text = word.IsKnown ? path : null, Prefix = path }, sink);
        }
    }

    // git show HEAD:.env
    private static void RevisionPath(Word word, ReadingSink sink)
    {
        var text = word.Text ?? word.Prefix;
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var path = colon >= 0 ? text[(colon + 1)..] : text;
        if (path.Length > 0 && !path.Contains(' ') && sink.Paths.PlaceOf(word with { Text = path }, sink.Place) is Place.Credential or Place.Protected)
        {
            sink.Add(sink.Paths.Read(word with { Text = path }, sink.Place, sink.Program));
        }
    }
}
