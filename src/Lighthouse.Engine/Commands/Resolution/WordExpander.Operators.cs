using Lighthouse.Engine.Commands.Effects;
using Lighthouse.Engine.Commands.Syntax;

namespace Lighthouse.Engine.Commands.Resolution;

internal sealed partial class WordExpander
{
    private Variable Apply(ParameterPart part, Variable? value, Expansion expansion)
    {
        switch (part.Operator)
        {
            case ":-" or "-" or ":=" or "=":
                return Default(part, value, expansion);
            case ":+" or "+":
                return Alternative(part, value, expansion);
            case ":?" or "?":
                Scan(part.Argument!.Parts, expansion);
                return value ?? Variable.Unknown;
        }

        if (part.Operator == ":")
        {
            // Offset and length are arithmetic.
            RunArithmetic(part.Argument!.Parts, expansion);
            RunArithmetic(part.SecondArgument?.Parts ?? [], expansion);
        }

        var argument = Argument(part.Argument!, expansion);
        var second = part.SecondArgument is { } replacement ? Argument(replacement, expansion) : new Word("", "", 0, 0);
        var origin = value?.Origin ?? Origin.None;
        if (part.Operator == "@")
        {
            return Transform(argument.Text, value, expansion);
        }

        if (value is { HasGlob: true } && !KeepsPattern(part.Operator, second))
        {
            return Variable.Unknown with { Origin = origin };
        }

        // Matching costs up to the square of the length.
        if (value is not { Text: { } text } || value.Elements is not null || argument.Text is null || second.Text is null
            || !budget.Expand(argument.HasGlob ? text.Length * Math.Min(text.Length, 1_024) / 16 : text.Length))
        {
            return Variable.Unknown with { Origin = origin };
        }

        var result = part.Operator switch
        {
            "#" or "##" or "%" or "%%" => ShellPattern.Trim(text, argument, part.Operator),
            "/" or "//" or "/#" or "/%" => ShellPattern.Replace(text, argument, second.Text, part.Operator),
            "^" when argument.Text.Length == 0 => text.Length > 0 ? char.ToUpperInvariant(text[0]) + text[1..] : text,
            "^^" when argument.Text.Length == 0 => text.ToUpperInvariant(),
            "," when argument.Text.Length == 0 => text.Length > 0 ? char.ToLowerInvariant(text[0]) + text[1..] : text,
            ",," when argument.Text.Length == 0 => text.ToLowerInvariant(),
            ":" => Slice(text, argument.Text),
            _ => null,
        };
        return new Variable(result, "", origin) { HasGlob = value.HasGlob };
    }

    // The value is a pattern for names of files: what is cut off its ends leaves one, and so does a change within a name.
    private static bool KeepsPattern(string op, Word replacement) => op is "#" or "##" or "%" or "%%" or "^" or "^^" or "," or ",,"
        || (op[0] == '/' && replacement.Text is { } text && !text.Contains('/') && !text.Contains("..", StringComparison.Ordinal));

    private Word Argument(WordNode node, Expansion expansion)
    {
        var (start, length) = expansion.Frame.Map(node.Start, node.Length);
        return ExpandParts(node.Parts, quoted: false, expansion, "", start, length);
    }

    // In braces the default is only taken where the variable is known to be unset or empty, or where the caller asks for it.
    private Variable Default(ParameterPart part, Variable? value, Expansion expansion)
    {
        var needed = value switch
        {
            { IsUnset: true } => true,
            { Text: { } text } => part.Operator[0] == ':' && text.Length == 0,
            _ => (bool?)null,
        };
        if (needed == false)
        {
            return value!;
        }

        var state = expansion.State;
        var argument = Argument(part.Argument!, expansion);
        if (needed is null)
        {
            expansion.MetDefault = true;
            if (!expansion.PreferDefaults)
            {
                // Judged again with the default.
                return Variable.Unknown with { Origin = value?.Origin ?? Origin.None };
            }
        }

        var result = Variable.From(argument, expansion.Origin);
        if (part.Operator.EndsWith('='))
        {
            state.Set(part.Name, needed is null ? Variable.Unknown : result);
            (expansion.Assigned ??= []).Add(new Assignment(part.Name, argument));
        }

        return result;
    }

    private Variable Alternative(ParameterPart part, Variable? value, Expansion expansion)
    {
        var argument = Argument(part.Argument!, expansion);
        switch (value)
        {
            case { IsUnset: true }:
                return new Variable("");
            case { Text: { } text }:
                return part.Operator == ":+" && text.Length == 0 ? new Variable("") : Variable.From(argument, expansion.Origin);
            default:
                expansion.MetDefault = true;
                return expansion.PreferDefaults ? Variable.From(argument, expansion.Origin) : Variable.Unknown;
        }
    }

    private static Variable Transform(string? kind, Variable? value, Expansion expansion)
    {
        if (kind == "P" && (value is not { HasGlob: false, Text: { } prompt } || prompt.AsSpan().IndexOfAny("$`") >= 0))
        {
            expansion.Runs = "expands a value as a prompt, which runs the commands in it";
        }

        var text = value is { HasGlob: true } ? null : value?.Text;
        return new Variable(
            text is null ? null : kind switch
            {
                "U" => text.ToUpperInvariant(),
                "L" => text.ToLowerInvariant(),
                "u" => text.Length > 0 ? char.ToUpperInvariant(text[0]) + text[1..] : text,
                "E" => ShellParser.DecodeAnsi(text),
                "P" when text.AsSpan().IndexOfAny("$`\\") < 0 => text,
                _ => null,
            },
            "",
            value?.Origin ?? Origin.None);
    }

    private static string? Slice(string text, string bounds)
    {
        var colon = bounds.IndexOf(':');
        var from = colon < 0 ? bounds : bounds[..colon];
        if (!int.TryParse(from.Trim() is { Length: > 0 } given ? given : "0", out var start))
        {
            return null;
        }

        start = start < 0 ? text.Length + start : start;
        if (start < 0 || start > text.Length)
        {
            return "";
        }

        if (colon < 0)
        {
            return text[start..];
        }

        if (!int.TryParse(bounds.AsSpan(colon + 1).Trim(), out var length))
        {
            return null;
        }

        var end = length < 0 ? text.Length + length : Math.Min(text.Length, start + length);
        return end < start ? null : text[start..end];
    }
}
