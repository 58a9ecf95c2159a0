using System.Buffers;

namespace Lighthouse.Engine.Commands.Syntax;

internal static class SyntaxLimits
{
    public const int MaxBytes = 65_536;

    /// <summary>Nested constructs of any kind. Real commands stay under ten; each level costs stack.</summary>
    public const int MaxDepth = 64;

    /// <summary>Commands in one text. A script that an agent writes into a command has tens.</summary>
    public const int MaxCommands = 4_000;

    // Characters that a shell passes on but a human reviewer cannot see, or that a shell treats in its own way.
    private static readonly SearchValues<char> _unreadable = SearchValues.Create(
        string.Concat(Enumerable.Range(0, 32).Where(c => c is not ('\t' or '\n' or '\r')).Select(c => (char)c))
        + "\u007f\u0085\u200b\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff");

    /// <summary>Why the text cannot be judged at all, with the offset; null when it can.</summary>
    public static (string Problem, int At)? Refusal(string text)
    {
        if (text.Length <= MaxBytes && text.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0)
        {
            // As almost every command.
            return null;
        }

        if (text.Length > MaxBytes || System.Text.Encoding.UTF8.GetByteCount(text) > MaxBytes)
        {
            return ("the command is longer than 65,536 bytes", MaxBytes);
        }

        var at = text.AsSpan().IndexOfAny(_unreadable);
        if (at >= 0)
        {
            return ($"the command contains an invisible or control character (U+{(int)text[at]:X4})", at);
        }

        at = text.AsSpan().IndexOfAnyInRange('\ud800', '\udfff');
        while (at >= 0 && at < text.Length)
        {
            if (char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]))
            {
                var next = text.AsSpan(at + 2).IndexOfAnyInRange('\ud800', '\udfff');
                at = next < 0 ? -1 : at + 2 + next;
                continue;
            }

            return ("the command contains half a character (an unpaired surrogate)", at);
        }

        return null;
    }
}
