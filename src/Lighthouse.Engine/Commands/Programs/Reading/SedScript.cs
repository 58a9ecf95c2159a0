using Lighthouse.Engine.Commands.Effects;

namespace Lighthouse.Engine.Commands.Programs.Reading;

/// <summary>A sed script: only <c>w</c>, <c>r</c> and <c>e</c> reach beyond the text.</summary>
internal static class SedScript
{
    public static void Read(Word word, ReadingSink sink)
    {
        if (word.Text is not { } text)
        {
            sink.Dynamic("runs a sed script that is not known beforehand", word);
            return;
        }

        var at = 0;
        while (at < text.Length)
        {
            at = Command(text, Address(text, at), word, sink);
        }
    }

    // Skips blanks, separators, numbers, $, /regex/, \cregexc, the comma between two addresses and !.
    private static int Address(string text, int at)
    {
        while (at < text.Length)
        {
            var c = text[at];
            if (c is '/' || (c == '\\' && at + 1 < text.Length))
            {
                var delimiter = c == '/' ? '/' : text[++at];
                at = Delimited(text, at + 1, delimiter);
                at += at < text.Length && text[at] is 'I' or 'M' ? 1 : 0;
            }
            else if (char.IsDigit(c) || c is ' ' or '\t' or '\n' or ';' or '$' or ',' or '!' or '~' or '+' or '{' or '}')
            {
                at++;
            }
            else
            {
                break;
            }
        }

        return at;
    }

    private static int Delimited(string text, int at, char delimiter)
    {
        var inSet = false;
        for (; at < text.Length; at++)
        {
            if (text[at] == '\\')
            {
                at++;
            }
            else if (text[at] == '[' && !inSet)
            {
                inSet = true;
            }
            else if (text[at] == ']' && inSet)
            {
                inSet = false;
            }
            else if (text[at] == delimiter && (!inSet || text.IndexOf(']', at) < 0))
            {
                return at + 1;
            }
        }

        return text.Length;
    }

    private static int Command(string text, int at, Word word, ReadingSink sink)
    {
        if (at >= text.Length)
        {
            return at;
        }

        switch (text[at])
        {
            case 's':
                return at + 1 < text.Length ? Flags(text, Delimited(text, Delimited(text, at + 2, text[at + 1]), text[at + 1]), word, sink) : text.Length;
            case 'y':
                return at + 1 < text.Length ? Delimited(text, Delimited(text, at + 2, text[at + 1]), text[at + 1]) : text.Length;
            case 'w' or 'W':
                return File("write", text, at + 1, word, sink);
            case 'r' or 'R':
                return File("read", text, at + 1, word, sink);
            case 'e':
                var line = Line(text, at + 1);
                sink.RunScript(word with { Text = line.Length == 0 ? null : line });
                return at + 1 + line.Length;
            case 'a' or 'i' or 'c' or '#' or ':' or 'b' or 't' or 'T' or 'q' or 'Q' or 'l' or 'v':
                return text[at] is 'a' or 'i' or 'c' or '#' ? End(text, at, '\n') : End(text, at, ';');
            default:
                return at + 1;
        }
    }

    private static int Flags(string text, int at, Word word, ReadingSink sink)
    {
        for (; at < text.Length && text[at] is not (';' or '\n' or '}'); at++)
        {
            if (text[at] == 'w')
            {
                return File("write", text, at + 1, word, sink);
            }

            if (text[at] is 'e' or 'm' or 'M' && text[at] == 'e')
            {
                sink.Dynamic("runs what a substitution makes", word);
            }
        }

        return at;
    }

    private static int File(string role, string text, int at, Word word, ReadingSink sink)
    {
        var name = Line(text, at);
        ArgumentRoles.Read(role, word with { Text = name.Trim() }, sink);
        return at + name.Length;
    }

    private static string Line(string text, int at) => text[at..End(text, at, '\n')];

    private static int End(string text, int at, char end) => text.IndexOf(end, at) is >= 0 and var found ? found
        : end == ';' && text.IndexOf('\n', at) is >= 0 and var line ? line : text.Length;
}
