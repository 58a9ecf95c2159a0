using System.Buffers;
using Lighthouse.Engine.Commands.Effects;
using Lighthouse.Engine.Commands.Syntax;

namespace Lighthouse.Engine.Commands.Resolution;

/// <summary>Turns the words of the tree into the words a program would receive.</summary>
/// <param name="keep">Gives the output of a process substitution a name.</param>
internal sealed partial class WordExpander(Budget budget, Func<ScriptNode, Frame, ShellState, Input, Outcome> run, Func<Outcome, string> keep, string? home)
{
    // Characters that make a single unquoted literal more than its own text.
    private static readonly SearchValues<char> _active = SearchValues.Create("{~*?[");

    // What one word out of braces costs, in characters; its own characters are bounded by BraceExpansion.
    private const int WordCost = 32;

    private readonly Stack<FieldBuilder> _builders = new();

    /// <summary>All expansions, splitting included: zero, one or more words.</summary>
    public void Expand(WordNode node, Expansion expansion, List<Word> into)
    {
        var (start, length) = expansion.Frame.Map(node.Start, node.Length);
        if (node.Parts is [LiteralPart single] && single.Text.AsSpan().IndexOfAny(_active) < 0)
        {
            into.Add(new Word(single.Text, single.Text, start, length));
            return;
        }

        var raw = expansion.Frame.Raw(node);
        var quoted = node.Parts switch
        {
            [QuotedPart only] => only.Text,
            [DoubleQuotedPart { Parts: [LiteralPart only] }] => only.Text,
            _ => null,
        };
        if (quoted is not null)
        {
            into.Add(new Word(quoted, raw, start, length));
            return;
        }

        var builder = Rent();
        if (HasBrace(node.Parts))
        {
            if (!budget.MayExpand || BraceExpansion.Expand(node.Parts) is not { } alternatives || !budget.Expand(alternatives.Count * WordCost))
            {
                into.Add(new Word(null, raw, start, length));
                Return(builder);
                return;
            }

            foreach (var parts in alternatives)
            {
                builder.Begin(into, raw, start, length);
                Append(parts, quoted: false, expansion, builder, splits: true);
                builder.Finish();
            }
        }
        else
        {
            builder.Begin(into, raw, start, length);
            Append(node.Parts, quoted: false, expansion, builder, splits: true);
            builder.Finish();
        }

        Return(builder);
    }

    /// <summary>One word, never split: the value of an assignment, the target of a redirection.</summary>
    public Word ExpandOne(WordNode node, Expansion expansion)
    {
        var (start, length) = expansion.Frame.Map(node.Start, node.Length);
        if (node.Parts is [LiteralPart single] && single.Text.AsSpan().IndexOfAny(_active) < 0)
        {
            return new Word(single.Text, single.Text, start, length);
        }

        var raw = node.Parts.Count == 0 ? "" : expansion.Frame.Raw(node);
        return ExpandParts(node.Parts, quoted: false, expansion, raw, start, length);
    }

    public Word ExpandParts(List<WordPart> parts, bool quoted, Expansion expansion, string raw, int start, int length)
    {
        var builder = Rent();
        builder.Begin([], raw, start, length);
        Append(parts, quoted, expansion, builder, splits: false);
        var word = builder.Take();
        Return(builder);
        return word;
    }

    private FieldBuilder Rent() => _builders.TryPop(out var builder) ? builder : new FieldBuilder();

    private void Return(FieldBuilder builder) => _builders.Push(builder);

    private static bool HasBrace(List<WordPart> parts)
    {
        foreach (var part in parts)
        {
            if (part is LiteralPart literal && literal.Text.Contains('{'))
            {
                return true;
            }
        }

        return false;
    }

    private void Append(List<WordPart> parts, bool quoted, Expansion expansion, FieldBuilder builder, bool splits)
    {
        for (var i = 0; i < parts.Count; i++)
        {
            switch (parts[i])
            {
                case LiteralPart literal when quoted:
                    builder.Quoted(literal.Text);
                    break;
                case LiteralPart literal:
                    AppendLiteral(literal.Text, i == 0, i == parts.Count - 1, expansion, builder);
                    break;
                case QuotedPart single:
                    builder.Quoted(single.Text);
                    break;
                case DoubleQuotedPart inner:
                    if (inner.Parts is not [ParameterPart { Name: "@" }])
                    {
                        builder.Exist();
                    }

                    Append(inner.Parts, quoted: true, expansion, builder, splits);
                    break;
                case ParameterPart parameter:
                    AppendParameter(parameter, quoted, expansion, builder, splits);
                    break;
                case CommandPart command:
                    AppendCommand(command, quoted, expansion, builder, splits);
                    break;
                case ArithmeticPart arithmetic:
                    AppendArithmetic(arithmetic.Parts, expansion, builder);
                    break;
                case ProcessPart process:
                    AppendProcess(process, expansion, builder);
                    break;
                case ExtendedGlobPart glob:
                    // Widened to a star: whatever it matches, the star does too.
                    Scan(glob.Parts, expansion);
                    if (IsRunByZsh(glob.Parts))
                    {
                        expansion.Runs = "has a glob qualifier that zsh runs as a command";
                    }

                    builder.Plain("*");
                    break;
            }
        }
    }

    // *(e:command:) and *(+command): extended globs to bash, conditions with a command to zsh.
    private static bool IsRunByZsh(List<WordPart> parts)
    {
        for (var i = 0; i < parts.Count; i++)
        {
            if (parts[i] is not LiteralPart { Text: { Length: > 0 } text })
            {
                continue;
            }

            var at = text.IndexOf('e');
            while (at >= 0 && at + 1 < text.Length && !":;=+,[{%^".Contains(text[at + 1]))
            {
                at = text.IndexOf('e', at + 1);
            }

            if ((i == 0 && text[0] == '+') || (at >= 0 && (at + 1 < text.Length || i + 1 < parts.Count)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Runs the substitutions inside parts whose text does not matter.</summary>
    public void Scan(List<WordPart> parts, Expansion expansion)
    {
        if (parts is [LiteralPart] or [QuotedPart] or [])
        {
            return;
        }

        ExpandParts(parts, quoted: true, expansion, "", 0, 0);
    }
}
