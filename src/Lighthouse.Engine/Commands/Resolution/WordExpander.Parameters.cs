using System.Text.RegularExpressions;
using Lighthouse.Engine.Commands.Effects;
using Lighthouse.Engine.Commands.Syntax;

namespace Lighthouse.Engine.Commands.Resolution;

internal sealed partial class WordExpander
{
    private void AppendParameter(ParameterPart part, bool quoted, Expansion expansion, FieldBuilder builder, bool splits)
    {
        if (part.Operator.Length == 0 && !part.LengthOf && !part.Indirect && ListOf(part, expansion) is { } list)
        {
            AppendList(list, quoted && IsAt(part), quoted, expansion, builder, splits);
            return;
        }

        var value = Evaluate(part, expansion);
        expansion.Origin |= value.Origin;
        if (value.Text is null)
        {
            builder.Unknown(value.Prefix, value.Names, IsForeign(part, value, expansion.State), value.Shape);
        }
        else if (value.HasGlob)
        {
            builder.Plain(value.Text);
        }
        else if (quoted || !splits)
        {
            AppendText(value.Text, whole: true, expansion, builder);
        }
        else
        {
            AppendText(value.Text, whole: false, expansion, builder);
        }
    }

    // Neither the text nor the shell gives it: whoever set it before may have put anything there. What was downloaded is no better.
    private static bool IsForeign(ParameterPart part, Variable value, ShellState state) =>
        (value.Origin & (Origin.Network | Origin.Decoded)) != 0
        || (char.IsAsciiLetter(part.Name[0]) && !part.LengthOf && part.Operator.Length == 0 && state.Find(part.Name) is null && part.Name is not ("RANDOM" or "SECONDS" or "LINENO" or "UID" or "EUID" or "PPID" or "BASHPID" or "PWD" or "OLDPWD" or "HOSTNAME" or "USER" or "LOGNAME" or "TMPDIR"));

    private static bool IsAt(ParameterPart part) => part.Name == "@" || part.Subscript?.Bare == "@";

    /// <summary>The words of <c>$@</c>, <c>$*</c>, <c>${name[@]}</c>; null when the part is not one of them or they are unknown.</summary>
    private static IReadOnlyList<Word>? ListOf(ParameterPart part, Expansion expansion)
    {
        if (part.Name is "@" or "*")
        {
            return expansion.State.Positional;
        }

        if (part.Subscript?.Bare is not ("@" or "*"))
        {
            return null;
        }

        var variable = expansion.State.Find(part.Name);
        expansion.Origin |= variable?.Origin ?? Origin.None;
        return variable switch
        {
            { Elements: { } elements } => elements,
            { Text: { } text, IsUnset: false } => (List<Word>)[new Word(text, text, 0, 0)],
            _ => null,
        };
    }

    private void AppendList(IReadOnlyList<Word> list, bool separate, bool quoted, Expansion expansion, FieldBuilder builder, bool splits)
    {
        for (var i = 0; i < list.Count; i++)
        {
            if (!budget.Expand(0))
            {
                builder.Unknown();
                return;
            }

            if (i > 0)
            {
                if (splits && (separate || !quoted))
                {
                    builder.Finish();
                }
                else
                {
                    builder.Quoted(" ");
                }
            }

            if (list[i].Text is not { } text)
            {
                builder.Unknown(list[i].Prefix, list[i].Names, list[i].IsForeign, list[i].Shape);
            }
            else if (separate)
            {
                AppendText(text, whole: true, expansion, builder);
                builder.Exist();
                builder.HasGlob |= list[i].HasGlob;
            }
            else
            {
                AppendText(text, quoted || !splits, expansion, builder);
                builder.HasGlob |= list[i].HasGlob;
            }
        }
    }

    private Variable Evaluate(ParameterPart part, Expansion expansion)
    {
        if (part.Subscript is { } subscript)
        {
            if (subscript.Bare is not ("@" or "*"))
            {
                RunArithmetic(subscript.Parts, expansion);
            }
        }

        var value = Lookup(part, expansion);
        if (part.Indirect)
        {
            NoteSubscript(value?.Text, expansion);
            value = part.Operator != "*" && value?.Text is { Length: > 0 } name ? LookupName(name, expansion) ?? Variable.Unknown : Variable.Unknown;
        }

        if (part.LengthOf)
        {
            return value is { Text: { } measured, Elements: null, HasGlob: false } ? new Variable(measured.Length.ToString(), "", value.Origin) : Variable.Number;
        }

        return part.Operator is "" or "*" ? value ?? Variable.Unknown : Apply(part, value, expansion);
    }

    private Variable? Lookup(ParameterPart part, Expansion expansion)
    {
        var variable = LookupName(part.Name, expansion);
        if (part.Subscript is not { } subscript)
        {
            return variable;
        }

        if (variable?.Elements is not { } elements || !int.TryParse(subscript.Bare, out var index))
        {
            return subscript.Bare == "0" && variable is { Text: not null } ? variable : Variable.Unknown with { Origin = variable?.Origin ?? Origin.None };
        }

        index = index < 0 ? elements.Count + index : index;
        return index >= 0 && index < elements.Count ? Variable.From(elements[index], variable.Origin) : Variable.Unset with { Origin = variable.Origin };
    }

    private Variable? LookupName(string name, Expansion expansion)
    {
        var state = expansion.State;
        if (state.Find(name) is { } variable)
        {
            return variable;
        }

        switch (name)
        {
            case "HOME":
                return new Variable(home ?? "~");
            case "PWD":
                return state.WorkingDirectory is { } directory ? new Variable(directory) : null;
            case "SHELL" or "BASH":
                return new Variable("/bin/sh");
            case "IFS":
                return new Variable(" \t\n");
            case "#":
                return state.Positional is { } counted ? new Variable(counted.Count.ToString()) : Variable.Number;
            case "?" or "$" or "RANDOM" or "SECONDS" or "UID" or "EUID" or "PPID" or "LINENO":
                return Variable.Number;
            case "!" or "-" or "0" or "@" or "*":
                return Variable.Unknown;
        }

        if (char.IsAsciiDigit(name[0]))
        {
            return state.Positional is not { } positional || !int.TryParse(name, out var index) ? Variable.Unknown
                : index <= positional.Count ? Variable.From(positional[index - 1], Origin.None)
                : Variable.Unset;
        }

        return null;
    }
}
