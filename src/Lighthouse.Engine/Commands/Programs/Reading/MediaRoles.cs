using Lighthouse.Contracts;
using Lighthouse.Engine.Commands.Effects;

namespace Lighthouse.Engine.Commands.Programs.Reading;

/// <summary>Inputs, outputs and filters of media tools: protocols nest (<c>async:concat:a|b</c>), and filters name files.</summary>
internal static class MediaRoles
{
    private static readonly string[] _wrapping = ["file:", "cache:", "async:", "crypto:", "concat:", "concatf:", "fd:", "http:", "hls+"];

    public static bool Knows(string role) => role is "media-source" or "media-file" or "media-filter";

    public static void Read(string role, Word word, ReadingSink sink)
    {
        switch (role)
        {
            case "media-source":
                foreach (var part in Unwrapped(word))
                {
                    ArgumentRoles.Read("url-file", part, sink);
                }

                break;
            case "media-file":
                foreach (var part in Unwrapped(word))
                {
                    Write(part, sink);
                }

                break;
            default:
                Filter(word, sink);
                break;
        }
    }

    private static void Write(Word word, ReadingSink sink)
    {
        var text = word.Text ?? word.Prefix;
        if (text.IndexOf("://", StringComparison.Ordinal) > 0)
        {
            sink.Add(sink.Paths.Contact(word, sink.Place, sends: true, sink.Program));
        }
        else if (!text.StartsWith("pipe:", StringComparison.Ordinal))
        {
            ArgumentRoles.Read("write", word, sink);
        }
    }

    // The files behind the protocols in front of them; tee takes several, each with its options in brackets.
    private static IEnumerable<Word> Unwrapped(Word word)
    {
        if (word.Text is not { } text)
        {
            return [word];
        }

        return text.Split('|').Select(part => word with { Text = Plain(part), HasGlob = false });
    }

    private static string Plain(string part)
    {
        if (part.StartsWith('[') && part.IndexOf(']') is > 0 and var close)
        {
            part = part[(close + 1)..];
        }

        if (part.StartsWith("subfile,", StringComparison.Ordinal) || part.StartsWith("subfile:", StringComparison.Ordinal))
        {
            part = part[(part.LastIndexOf(':') + 1)..];
        }

        for (var again = true; again;)
        {
            again = false;
            foreach (var protocol in _wrapping)
            {
                if (part.StartsWith(protocol, StringComparison.OrdinalIgnoreCase) && !part.StartsWith(protocol + "//", StringComparison.Ordinal))
                {
                    (part, again) = (part[protocol.Length..], true);
                }
            }
        }

        return part;
    }

    // movie=/path, subtitles=/path; metadata=print:file=/path writes.
    private static void Filter(Word word, ReadingSink sink)
    {
        var text = word.Text ?? word.Prefix;
        var writes = text.Contains("print", StringComparison.Ordinal) || text.Contains("stats", StringComparison.Ordinal) || text.Contains("result", StringComparison.Ordinal);
        foreach (var part in text.Split('=', ':', ';', ',', '\'', '[', ']'))
        {
            if (CodeRoles.IsPath(part) || part.Contains("/.", StringComparison.Ordinal))
            {
                ArgumentRoles.Read(writes ? "write" : "read", word with { Text = part }, sink);
            }
        }

        if (!word.IsKnown)
        {
            sink.Add(Effect.Unknown, Place.Unresolved, Risk.Medium, "uses a filter that is not known beforehand", word);
        }
    }
}
