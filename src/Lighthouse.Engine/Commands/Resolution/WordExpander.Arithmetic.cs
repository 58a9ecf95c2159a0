using Lighthouse.Engine.Commands.Effects;
using Lighthouse.Engine.Commands.Syntax;

namespace Lighthouse.Engine.Commands.Resolution;

/// <summary>Arithmetic: its value is not computed, what it evaluates and assigns is noted.</summary>
internal sealed partial class WordExpander
{
    private void AppendArithmetic(List<WordPart> parts, Expansion expansion, FieldBuilder builder)
    {
        if (parts is [LiteralPart { Text: var text }] && long.TryParse(text.AsSpan().Trim(), out var number))
        {
            builder.Quoted(number.ToString());
            return;
        }

        RunArithmetic(parts, expansion);
        builder.Unknown(shape: TextShape.Number);
    }

    /// <summary>
    /// Arithmetic evaluates the text of variables again, and a subscript in it may hold a substitution; assignments in it make
    /// their variables unknown.
    /// </summary>
    public void RunArithmetic(List<WordPart> parts, Expansion expansion)
    {
        foreach (var part in parts)
        {
            switch (part)
            {
                case LiteralPart literal:
                    RunArithmeticNames(literal.Text, expansion);
                    break;
                case QuotedPart quoted:
                    RunArithmeticNames(quoted.Text, expansion);
                    break;
                default:
                    var word = ExpandParts([part], quoted: true, expansion, "", 0, 0);
                    RunArithmeticNames(word.Text ?? "", expansion);
                    break;
            }
        }
    }

    // ${!x} where x holds a[$(command)].
    private static void NoteSubscript(string? name, Expansion expansion)
    {
        if (name?.IndexOf('[') is >= 0 and var open && name.AsSpan(open).IndexOfAny("$`") >= 0)
        {
            expansion.Runs = "looks up a name whose subscript holds a command";
        }
    }

    private const int MaxNames = 8;

    private static void RunArithmeticNames(string text, Expansion expansion, int depth = 0)
    {
        if (text.AsSpan().IndexOfAny("$`") >= 0)
        {
            expansion.Runs = "evaluates text as arithmetic that holds a command";
        }

        var assigns = text.Contains('=') || text.Contains("++", StringComparison.Ordinal) || text.Contains("--", StringComparison.Ordinal);
        for (var at = 0; at < text.Length; at++)
        {
            if (!char.IsAsciiLetter(text[at]) && text[at] != '_')
            {
                continue;
            }

            var start = at;
            while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] == '_'))
            {
                at++;
            }

            var name = text[start..at];
            if (expansion.State.Find(name) is { Text: { } value } held && (held.HasGlob || value.AsSpan().IndexOfAny("$`") >= 0))
            {
                expansion.Runs = $"evaluates ${name} as arithmetic, and it holds a command";
            }
            else if (expansion.State.Find(name) is { Text: { } inner } && depth < MaxNames && inner.AsSpan().IndexOfAnyInRange('A', 'z') >= 0 && inner != name)
            {
                // A name's value may be another name.
                RunArithmeticNames(inner, expansion, depth + 1);
            }
            else if (expansion.State.Find(name) is { Text: null } unread && (unread.Origin & (Origin.Network | Origin.Decoded)) != 0)
            {
                expansion.Runs = $"evaluates ${name} as arithmetic, which may run what was downloaded";
            }

            if (assigns)
            {
                expansion.State.Set(name, Assigns(text, name) ? Variable.Number : Variable.Unknown);
            }
        }
    }

    // What arithmetic assigns is a number. Under a condition it may keep what it held.
    private static bool Assigns(ReadOnlySpan<char> text, string name)
    {
        if (text.IndexOfAny('?', '&', '|') >= 0)
        {
            return false;
        }

        for (var at = 0; text[at..].IndexOf(name) is >= 0 and var found; at += found + name.Length)
        {
            var before = text[..(at + found)];
            var after = text[(at + found + name.Length)..];
            if ((before.IsEmpty || !(IsWord(before[^1]) || before[^1] == '$')) && BeginsAssignment(after.TrimStart()))
            {
                return true;
            }

            if ((before.TrimEnd().EndsWith("++") || before.TrimEnd().EndsWith("--")) && (after.IsEmpty || !IsWord(after[0])))
            {
                return true;
            }
        }

        return false;
    }

    // =, += and their like, ++ and --; but not ==.
    private static bool BeginsAssignment(ReadOnlySpan<char> rest)
    {
        if (rest.StartsWith("++") || rest.StartsWith("--"))
        {
            return true;
        }

        var operation = rest.StartsWith("<<") || rest.StartsWith(">>") ? 2 : rest is ['-' or '+' or '*' or '/' or '%' or '^', ..] ? 1 : 0;
        return rest[operation..] is ['='] or ['=', not '=', ..];
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c == '_';
}
