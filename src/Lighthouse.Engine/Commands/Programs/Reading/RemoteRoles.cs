using Lighthouse.Contracts;
using Lighthouse.Engine.Commands.Effects;

namespace Lighthouse.Engine.Commands.Programs.Reading;

/// <summary>Arguments of ssh, scp, rsync and socat that name another machine or change how it is reached.</summary>
internal static class RemoteRoles
{
    // scp and rsync: host:path is elsewhere, everything else is here.
    public static void Remote(Word word, bool sends, ReadingSink sink)
    {
        var text = word.Text ?? word.Prefix;
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (!sends && colon > 0 && (slash < 0 || colon < slash) && sink.Command.Arguments.Any(TakesTree))
        {
            sink.Add(EffectTerm.Parse("change: brings in a whole tree from another machine"));
        }

        if (text.StartsWith("rsync://", StringComparison.Ordinal))
        {
            sink.Add(sink.Paths.Contact(word, sink.Place, sends, sink.Program));
        }
        else if (colon > 0 && (slash < 0 || colon < slash))
        {
            sink.Add(sink.Paths.Contact(word with { Text = word.IsKnown ? text[..colon] : null }, sink.Place, sends, sink.Program));
        }
        else if (sends)
        {
            ArgumentRoles.Read("write", word, sink);
        }
        else
        {
            PathRoles.Tree(word, sink);
        }
    }

    private static bool TakesTree(Word option) => option.Text is "--recursive" or "--archive" || (option.Text is ['-', not '-', ..] letters && letters.AsSpan().IndexOfAny('r', 'a') > 0);

    public static void SshOption(Word word, ReadingSink sink)
    {
        var text = word.Text ?? word.Prefix;
        var end = text.AsSpan().IndexOfAny('=', ' ');
        var (name, value) = end < 0 ? (text, "") : (text[..end], text[(end + 1)..].Trim());
        switch (name.ToLowerInvariant())
        {
            case "proxycommand" or "localcommand" or "knownhostscommand" or "remotecommand" or "match":
                sink.RunScript(word with { Text = word.IsKnown ? value : null });
                break;
            case "permitlocalcommand" or "proxyjump" or "forwardagent" or "localforward" or "remoteforward" or "dynamicforward" or "tunnel" or "include"
                or "identityagent" or "pkcs11provider" or "securitykeyprovider" or "xauthlocation" or "forwardx11" or "controlpath" or "setenv" or "sendenv":
                sink.Add(Effect.NetworkOut, Place.Network, Risk.High, $"changes how ssh connects ({name})", word);
                break;
            case "identityfile" or "certificatefile":
                break;
        }
    }

    // socat: TYPE:rest,options; the types that run or open something are looked into.
    public static void SocatAddress(Word word, ReadingSink sink)
    {
        foreach (var part in (word.Text ?? word.Prefix).Split("!!"))
        {
            var colon = part.IndexOf(':', StringComparison.Ordinal);
            var (type, rest) = colon < 0 ? (part, "") : (part[..colon], part[(colon + 1)..]);
            var value = word with { Text = word.IsKnown ? rest.Trim('"', '\'').Replace("\\", "", StringComparison.Ordinal).Replace("\"", "", StringComparison.Ordinal) : null };
            switch (type.ToUpperInvariant())
            {
                case "EXEC" or "SYSTEM" or "SHELL":
                    sink.Dynamic("gives a program to a connection", word);
                    sink.RunScript(value with { Text = value.Text is { } text && text.IndexOf(',', StringComparison.Ordinal) is > 0 and var comma ? text[..comma] : value.Text });
                    break;
                case "OPEN" or "FILE" or "GOPEN":
                    ArgumentRoles.Read("read", value, sink);
                    break;
                case ['T' or 'U' or 'S', ..] network when network.StartsWith("TCP", StringComparison.Ordinal) || network.StartsWith("UDP", StringComparison.Ordinal) || network.StartsWith("SSL", StringComparison.Ordinal):
                    sink.Add(sink.Paths.Contact(value with { Text = value.Text?.Split(',')[0] }, sink.Place, sends: true, sink.Program));
                    break;
                case "CREATE" or "CREAT":
                    ArgumentRoles.Read("write", value, sink);
                    break;
            }
        }
    }
}
