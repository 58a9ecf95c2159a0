using Lighthouse.Engine.Commands.Effects;

namespace Lighthouse.Engine.Commands.Programs.Reading;

/// <summary>An awk program: output redirections, pipes, getline and system reach beyond the text.</summary>
internal static class AwkProgram
{
    public static void Read(Word word, ReadingSink sink)
    {
        if (word.Text is not { } text)
        {
            sink.Dynamic("runs an awk program that is not known beforehand", word);
            return;
        }

        var printing = false;
        var depth = 0;
        var previous = '\0';
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            switch (c)
            {
                case '"':
                    i = EndOfString(text, i);
                    break;
                case '#':
                    i = text.IndexOf('\n', i) is >= 0 and var line ? line : text.Length;
                    break;
                case '/' when previous is '\0' or '(' or ',' or '~' or '{' or '}' or ';' or '!' or '&' or '|' or '\n':
                    i = EndOfRegex(text, i);
                    break;
                case '(':
                    depth++;
                    break;
                case ')':
                    depth--;
                    break;
                case ';' or '}' or '\n':
                    printing = false;
                    break;
                case '>' when printing && depth <= 0:
                    Target("write", text, i + (Next(text, i) == '>' ? 2 : 1), word, sink);
                    i += Next(text, i) == '>' ? 1 : 0;
                    break;
                case '|' when Next(text, i) == '|':
                    i++;
                    break;
                case '|':
                    Pipe(text, i, word, sink);
                    break;
                case '@':
                    sink.Dynamic("loads or calls something by a name from the program", word);
                    break;
                default:
                    if (char.IsLetter(c) || c == '_')
                    {
                        var end = i;
                        while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] == '_'))
                        {
                            end++;
                        }

                        Name(text, i, end, word, sink, ref printing);
                        i = end - 1;
                    }

                    break;
            }

            if (!char.IsWhiteSpace(c) || c == '\n')
            {
                previous = c;
            }
        }
    }

    private const string GetlineTarget = " \t$_()abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789[]";

    private static void Name(string text, int start, int end, Word word, ReadingSink sink, ref bool printing)
    {
        switch (text[start..end])
        {
            case "print" or "printf":
                printing = true;
                break;
            case "ARGV" when IsAssigned(Near(text, end)):
                sink.Dynamic("names the files that it reads itself", word);
                break;
            case "system":
                var open = end + text.AsSpan(end).IndexOfAnyExcept(' ', '\t');
                sink.RunScript(word with { Text = open >= end && text[open] == '(' && Literal(text, open + 1, out var after) is { } command && after < text.Length && text[after] == ')' ? command : null });
                break;
            case "getline" when Near(text, end) is var near && near.TrimStart(GetlineTarget) is var rest && (rest is ['<', ..] || (rest.IsEmpty && near.Length == Nearby)):
                Target("read", text, end + near.Length - rest.Length + 1, word, sink);
                break;
        }
    }

    // What belongs to a name stands close behind it; to look as far as the end at each of them would cost the square of the text.
    private const int Nearby = 512;

    private static ReadOnlySpan<char> Near(string text, int at) => text.AsSpan(at, Math.Min(Nearby, text.Length - at));

    // ARGV[1] = "file"; also where that is too far away to be seen.
    private static bool IsAssigned(ReadOnlySpan<char> near)
    {
        var cut = near.Length == Nearby;
        var index = near.TrimStart();
        var closed = index.IndexOf(']');
        if (index.IsEmpty || index[0] != '[' || closed < 0)
        {
            return cut && (index.IsEmpty || index[0] == '[');
        }

        var after = index[(closed + 1)..].TrimStart();
        return after.Length < 2 ? cut : after is ['=', not '=', ..];
    }

    // cmd | getline runs what stands before; print | cmd what stands after.
    private static void Pipe(string text, int at, Word word, ReadingSink sink)
    {
        if (Near(text, at + 1).TrimStart().TrimStart('&').TrimStart().StartsWith("getline", StringComparison.Ordinal))
        {
            var before = text.AsSpan(0, at).TrimEnd();
            var open = before is [.. var inside, '"'] ? inside.LastIndexOf('"') : -1;
            sink.RunScript(word with { Text = open > 0 && before[open - 1] != '\\' && before[..open].TrimEnd() is not [.., '"' or ')' or ']'] && !EndsInName(before[..open]) ? before[(open + 1)..^1].ToString() : null });
            return;
        }

        sink.RunScript(word with { Text = Literal(text, at + 1, out _) });
    }

    private static bool EndsInName(ReadOnlySpan<char> text) => text.TrimEnd() is [.., var last] && (char.IsLetterOrDigit(last) || last is '_');

    private static void Target(string role, string text, int at, Word word, ReadingSink sink)
    {
        if (Literal(text, at, out _) is { } path)
        {
            ArgumentRoles.Read(role, word with { Text = path }, sink);
        }
        else
        {
            ArgumentRoles.Read(role, word with { Text = null, Raw = at < text.Length ? Near(text, at).Trim().ToString() : "", Prefix = "" }, sink);
        }
    }

    // A string constant that stands alone; null for any other expression.
    private static string? Literal(string text, int at, out int after)
    {
        while (at < text.Length && text[at] is ' ' or '\t' or '&')
        {
            at++;
        }

        after = at;
        if (at >= text.Length || text[at] != '"')
        {
            return null;
        }

        var end = EndOfString(text, at);
        after = end + 1;
        while (after < text.Length && text[after] is ' ' or '\t')
        {
            after++;
        }

        return after >= text.Length || text[after] is ';' or '}' or ')' or '\n' ? text[(at + 1)..Math.Min(end, text.Length)].Replace("\\\"", "\"", StringComparison.Ordinal) : null;
    }

    private static int EndOfString(string text, int at)
    {
        for (at++; at < text.Length && text[at] != '"'; at++)
        {
            at += text[at] == '\\' ? 1 : 0;
        }

        return at;
    }

    private static int EndOfRegex(string text, int at)
    {
        for (at++; at < text.Length && text[at] is not ('/' or '\n'); at++)
        {
            at += text[at] == '\\' ? 1 : 0;
        }

        return at;
    }

    private static char Next(string text, int at) => at + 1 < text.Length ? text[at + 1] : '\0';
}
