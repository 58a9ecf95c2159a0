using Lighthouse.Engine.Commands.Syntax;

namespace Lighthouse.Engine.Commands.Resolution;

/// <summary>Names that a loop's body may assign, found in its text: their value at the start of a later round is unknown.</summary>
internal static class AssignedNames
{
    public static void Forget(ScriptNode body, ShellState state, Origin origin)
    {
        foreach (var item in body.Items)
        {
            Forget(item.Command.First, state, origin);
            foreach (var link in item.Command.Rest ?? [])
            {
                Forget(link.Pipeline, state, origin);
            }
        }
    }

    private static void Forget(PipelineNode pipeline, ShellState state, Origin origin)
    {
        foreach (var command in pipeline.Commands)
        {
            Forget(command, state, origin);
        }
    }

    private static void Forget(CommandNode command, ShellState state, Origin origin)
    {
        switch (command)
        {
            case SimpleNode simple:
                ForgetSimple(simple, state, origin);
                break;
            case GroupNode group:
                Forget(group.Body, state, origin);
                break;
            case IfNode branches:
                foreach (var branch in branches.Branches)
                {
                    Forget(branch.Condition, state, origin);
                    Forget(branch.Body, state, origin);
                }

                if (branches.Otherwise is { } otherwise)
                {
                    Forget(otherwise, state, origin);
                }

                break;
            case LoopNode loop:
                Forget(loop.Condition, state, origin);
                Forget(loop.Body, state, origin);
                break;
            case ForNode loop:
                Set(loop.Name, state, origin);
                Forget(loop.Body, state, origin);
                break;
            case ArithmeticForNode loop:
                Forget(loop.Body, state, origin);
                break;
            case CaseNode choice:
                foreach (var item in choice.Items)
                {
                    Forget(item.Body, state, origin);
                }

                break;
        }
    }

    private static void ForgetSimple(SimpleNode simple, ShellState state, Origin origin)
    {
        foreach (var assignment in simple.Assignments ?? [])
        {
            if (assignment is { Append: false, Subscript: null, Elements: null, Value.Parts: [ArithmeticPart] or [DoubleQuotedPart { Parts: [ArithmeticPart] }] } && state.Find(assignment.Name) is { IsNumber: true } before)
            {
                // i=$((i+1)): a number before, a number in each later round.
                state.Set(assignment.Name, Variable.Number with { Origin = before.Origin });
                continue;
            }

            Set(assignment.Name, state, origin);
        }

        // Builtins assign by name; words of other commands that look like a known variable lose nothing but precision.
        for (var i = 0; i < simple.Words.Count; i++)
        {
            switch (simple.Words[i].Bare)
            {
                case "eval" or "source" or "." when i == 0:
                    state.ForgetAll();
                    return;
                case "cd" or "pushd" or "popd" when i == 0:
                    state.WorkingDirectory = null;
                    state.Pushed = [];
                    break;
                case { Length: > 0 } text when i > 0 && simple.Words[0].Bare is "read" or "declare" or "export" or "local" or "typeset" or "readonly" or "mapfile" or "readarray" or "getopts" or "printf" or "unset" or "let":
                    var end = text.AsSpan().IndexOfAny("=+[");
                    Set(end < 0 ? text : text[..end], state, origin);
                    break;
                case "set" or "shift" when i == 0:
                    state.Positional = null;
                    break;
            }
        }
    }

    private static void Set(string name, ShellState state, Origin origin)
    {
        if (name.Length > 0 && (char.IsAsciiLetter(name[0]) || name[0] == '_'))
        {
            state.Set(name, Variable.Unknown with { Origin = origin | (state.Find(name)?.Origin ?? Origin.None) });
        }
    }
}
