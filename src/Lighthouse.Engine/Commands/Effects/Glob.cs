using System.Buffers;

namespace Lighthouse.Engine.Commands.Effects;

/// <summary>Shell patterns on one path segment, ignoring letter case (macOS and Windows file systems do).</summary>
internal static class Glob
{
    /// <summary>In a pattern that this program made: digits, and what stands between the numbers of a date. No text of a command means this by it.</summary>
    public const char Numeral = '\uE000';

    /// <summary>Likewise: hexadecimal digits, or the word HEAD.</summary>
    public const char Hash = '\uE001';

    private static readonly SearchValues<char> Wild = SearchValues.Create("*?[(\uE000\uE001");

    public static bool IsPattern(ReadOnlySpan<char> text) => text.IndexOfAny(Wild) >= 0;

    /// <summary>Could the shell expand <paramref name="pattern"/> to <paramref name="text"/>? A leading dot is only matched by a dot.</summary>
    public static bool CouldExpandTo(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        if (text.StartsWith('.') && !pattern.StartsWith('.') && !pattern.StartsWith('[') && !pattern.Contains('('))
        {
            return false;
        }

        return Matches(pattern, text);
    }

    /// <summary>No name can fit both, as their first or last letters already show: cheap, and true of almost any two.</summary>
    public static bool Differ(ReadOnlySpan<char> left, ReadOnlySpan<char> right) => Differ(left[0], right[0]) || Differ(left[^1], right[^1]);

    private static bool Differ(char left, char right) => IsLetter(left) && IsLetter(right) && char.ToLowerInvariant(left) != char.ToLowerInvariant(right);

    // What can begin or end a wildcard, a set or a group of alternatives stands for more than itself.
    private static bool IsLetter(char c) => c is not ('*' or '?' or '[' or ']' or '(' or ')' or '|' or '!' or '+' or '@' or '\\' or Numeral or Hash);

    /// <summary>The pattern spells out enough of <paramref name="name"/> to mean it.</summary>
    public static bool AimsAt(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name)
    {
        var literal = pattern.IndexOfAny(Wild);
        var wild = 0;
        foreach (var c in pattern)
        {
            wild += c is '*' or '?' or '[' or ']' or Numeral or Hash ? 1 : 0;
        }

        return literal is < 0 or >= 2 || (pattern.Length - wild) * 2 >= name.Length;
    }

    /// <summary>Is there a name that both patterns match? Sets are taken for any character.</summary>
    public static bool Overlap(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        const int Longest = 256;
        if (left.Length > Longest || right.Length > Longest)
        {
            return true;
        }

        if (right.StartsWith('.') && left.StartsWith('*') || left.StartsWith('.') && right.StartsWith('*'))
        {
            return false;
        }

        // reachable[r]: the left pattern so far and the first r pieces of the right one match a common beginning.
        Span<bool> reachable = stackalloc bool[Longest + 1];
        Span<bool> next = stackalloc bool[Longest + 1];
        reachable[0] = true;
        for (var r = 0; r < right.Length && right[r] == '*'; r++)
        {
            reachable[r + 1] = true;
        }

        for (var l = 0; l < left.Length; l = After(left, l))
        {
            next.Clear();
            var any = left[l] is '*' or Numeral or Hash;
            for (var r = 0; r <= right.Length; r = r < right.Length ? After(right, r) : r + 1)
            {
                next[r] |= any && reachable[r];
                if (r == right.Length)
                {
                    break;
                }

                var after = After(right, r);
                if (right[r] == '*')
                {
                    next[r] |= reachable[r] && !any;
                    next[after] |= next[r] || (reachable[r] && any);
                }
                else if (any)
                {
                    next[after] |= next[r] && Holds(left[l], right[r]);
                }
                else if (reachable[r] && SameOne(left, l, right, r))
                {
                    next[after] = true;
                }
            }

            next.CopyTo(reachable);
        }

        return reachable[right.Length];

        static bool Holds(char any, char one) => any == '*' || one is (>= '0' and <= '9') or '?' or '[' or '(' || (any == Numeral ? one is '-' or ':' or ' ' : char.ToLowerInvariant(one) is (>= 'a' and <= 'f') or 'h');

        static int After(ReadOnlySpan<char> pattern, int at) => pattern[at] == '[' && pattern[at..].IndexOf(']') is > 1 and var close ? at + close + 1 : at + 1;

        static bool SameOne(ReadOnlySpan<char> left, int l, ReadOnlySpan<char> right, int r) =>
            left[l] is '?' or '[' or '(' || right[r] is '?' or '[' or '(' || char.ToLowerInvariant(left[l]) == char.ToLowerInvariant(right[r]);
    }

    // Iterative with one backtrack point: linear in practice, and never exponential.
    public static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        if (pattern.IndexOfAny(Numeral, Hash) >= 0)
        {
            return Overlap(pattern, text);
        }

        int p = 0, t = 0, star = -1, mark = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                mark = t;
            }
            else if (p < pattern.Length && pattern[p] is '(' or ')' or '@' or '+' or '!' && pattern.Contains('('))
            {
                // An extended pattern: too rich to be worth exactness; it may expand to anything.
                return true;
            }
            else if (p < pattern.Length && One(pattern, p, text[t], out var next))
            {
                p = next;
                t++;
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

    private static bool One(ReadOnlySpan<char> pattern, int at, char c, out int next)
    {
        next = at + 1;
        if (pattern[at] == '?')
        {
            return true;
        }

        if (pattern[at] == '[' && pattern[at..].IndexOf(']') is > 1 and var close)
        {
            next = at + close + 1;
            return InSet(pattern.Slice(at + 1, close - 1), c);
        }

        return char.ToLowerInvariant(pattern[at]) == char.ToLowerInvariant(c);
    }

    private static bool InSet(ReadOnlySpan<char> set, char c)
    {
        if (set[0] is '!' or '^' or '[')
        {
            // Negations and classes are taken as a match: what is guarded here errs on that side.
            return true;
        }

        for (var i = 0; i < set.Length; i++)
        {
            if (i + 2 < set.Length && set[i + 1] == '-')
            {
                if (Lower(c) >= Lower(set[i]) && Lower(c) <= Lower(set[i + 2]))
                {
                    return true;
                }

                i += 2;
            }
            else if (Lower(set[i]) == Lower(c))
            {
                return true;
            }
        }

        return false;

        static char Lower(char x) => char.ToLowerInvariant(x);
    }
}
