using Lighthouse.Engine.Commands.Effects;

namespace Lighthouse.Engine.Commands.Resolution;

/// <summary>The pattern operators of <c>${x#…}</c> and <c>${x/…/…}</c>, for <c>*</c> and <c>?</c>; null where a result is not certain.</summary>
internal static class ShellPattern
{
    private const int Longest = 1_024;

    public static string? Trim(string text, Word pattern, string op)
    {
        var wanted = pattern.Text!;
        if (!pattern.HasGlob)
        {
            return op[0] == '#'
                ? text.StartsWith(wanted, StringComparison.Ordinal) ? text[wanted.Length..] : text
                : text.EndsWith(wanted, StringComparison.Ordinal) ? text[..^wanted.Length] : text;
        }

        if (text.Length > Longest || wanted.Length > 64 || IsUncertain(pattern))
        {
            return null;
        }

        var longest = op.Length == 2;
        for (var i = 0; i <= text.Length; i++)
        {
            var length = longest ? text.Length - i : i;
            if (op[0] == '#' ? IsMatch(text.AsSpan(0, length), wanted) : IsMatch(text.AsSpan(text.Length - length), wanted))
            {
                return op[0] == '#' ? text[length..] : text[..^length];
            }
        }

        return text;
    }

    public static string? Replace(string text, Word pattern, string replacement, string op)
    {
        var wanted = pattern.Text!;
        if (pattern.HasGlob || replacement.Contains('&') || (long)text.Length * Math.Max(1, replacement.Length) > Budget.MaxText * 64L)
        {
            return null;
        }

        if (wanted.Length == 0)
        {
            return op switch { "/#" => replacement + text, "/%" => text + replacement, _ => text };
        }

        switch (op)
        {
            case "//":
                return text.Replace(wanted, replacement, StringComparison.Ordinal);
            case "/#":
                return text.StartsWith(wanted, StringComparison.Ordinal) ? replacement + text[wanted.Length..] : text;
            case "/%":
                return text.EndsWith(wanted, StringComparison.Ordinal) ? text[..^wanted.Length] + replacement : text;
            default:
                var at = text.IndexOf(wanted, StringComparison.Ordinal);
                return at < 0 ? text : string.Concat(text.AsSpan(0, at), replacement, text.AsSpan(at + wanted.Length));
        }
    }

    // Brackets need locale rules, and a quoted * next to a real one cannot be told apart in the text.
    private static bool IsUncertain(Word pattern) => pattern.Text!.AsSpan().IndexOfAny('[', '\\') >= 0 || pattern.Raw.AsSpan().IndexOfAny("'\"\\") >= 0;

    private static bool IsMatch(ReadOnlySpan<char> text, string pattern)
    {
        int t = 0, p = 0, star = -1, mark = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                (star, mark) = (p++, t);
            }
            else if (p < pattern.Length && (pattern[p] == '?' || pattern[p] == text[t]))
            {
                t++;
                p++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                t = ++mark;
            }
            else
            {
                return false;
            }
        }

        while (p < pattern.Length && pattern[p] == '*')
        {
            p++;
        }

        return p == pattern.Length;
    }
}
