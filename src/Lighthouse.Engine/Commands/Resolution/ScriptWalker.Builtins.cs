using Lighthouse.Contracts;
using Lighthouse.Engine.Commands.Effects;

namespace Lighthouse.Engine.Commands.Resolution;

internal sealed partial class ScriptWalker
{
    /// <summary>Builtins that act on the shell itself; null for everything else.</summary>
    private Outcome? RunBuiltin(string name, Call call, Surroundings around)
    {
        var state = around.State;
        var arguments = call.Words;
        switch (name)
        {
            case ":" or "true" or "false" or "return" or "exit" or "break" or "continue" or "logout" or "disown" or "suspend":
                return Outcome.Silent;
            case "times" or "jobs" or "fg" or "bg" or "help" or "dirs" or "caller":
                return Outcome.Nothing;
            case "type":
                return Outcome.Nothing with { Listing = Listing.OfProgram(name, arguments[1..]) };
            case "umask" or "shopt":
                return arguments.Count > 1 && arguments[1].Text is not ("-p" or "-S" or "-o") ? Outcome.Silent : Outcome.Nothing;
            case "wait":
                NoteSubscripts(call);
                return Outcome.Silent;
            case "compgen":
                if (call.Words.Exists(word => word.Text is null or ['-', 'C' or 'F' or 'W', ..]))
                {
                    NoteRun("completes words by running something", call);
                }

                return Outcome.Nothing;
            case "echo":
                return Said(KnownOutput.Echo(arguments[1..]), call);
            case "printf":
                return Print(call, around);
            case "pwd":
                return Said(state.WorkingDirectory is { } directory ? directory + "\n" : null, call);
            case "test" or "[":
                NoteSubscripts(call);
                return Outcome.Silent with { Origin = call.Origin };
            case "cd" or "pushd":
                ChangeDirectory(call, around);
                return name is "pushd" || arguments.Exists(static word => word.Text is null or "-") ? Outcome.Nothing : Outcome.Silent;
            case "popd":
                PopDirectory(call, state);
                return Outcome.Nothing;
            case "export" or "declare" or "typeset" or "local" or "readonly":
                Declare(name, call, around);
                return Dumped(call, prints: arguments.Count == 1 || arguments.Exists(static word => word.Text is ['-', ..] option && option.Contains('p')));
            case "unset":
                NoteSubscripts(call);
                foreach (var word in arguments)
                {
                    if (word.Text is "HISTFILE" or "HISTSIZE")
                    {
                        NoteUnrecorded(call);
                    }

                    state.Set(word.Text ?? "", Variable.Unset);
                    state.Doubt(word.Text ?? "");
                }

                return Outcome.Silent;
            case "set":
                SetPositional(call, state);
                NoteSet(call, around);
                return Dumped(call, prints: arguments.Count == 1);
            case "shift":
                var count = arguments.Count == 1 ? 1 : int.TryParse(arguments[1].Text, out var given) ? given : -1;
                state.Positional = state.Positional is { } positional && count >= 0 && count <= positional.Count ? positional.Shifted(count) : null;
                return Outcome.Silent;
            case "read":
                Read(call, around);
                return Outcome.Silent;
            case "mapfile" or "readarray" or "getopts":
                NoteSubscripts(call);
                FillArray(name, call, around);
                return Outcome.Silent;
            case "let":
                var expansion = new Expansion(around.Frame, state, around.Input);
                _expander.RunArithmetic(arguments.ConvertAll(word => (Syntax.WordPart)new Syntax.QuotedPart(0, 0, word.Text ?? "$")), expansion);
                NoteRun(expansion.Runs, call);
                return Outcome.Silent;
            default:
                return RunExecutingBuiltin(name, call, around);
        }
    }

    private static Outcome Dumped(Call call, bool prints) => Dumps.Of(call.Words[0].Text!, call.Words[1..]) is not Origin.None and var origin ? new Outcome(Effect.None, origin, null)
        : prints ? Outcome.Nothing : Outcome.Silent;

    private static Outcome Said(string? output, Call call) => new(Effect.None, call.Origin, output);

    private Outcome Print(Call call, Surroundings around)
    {
        var arguments = call.Words[1..];
        if (arguments is [{ Text: "-v" }, var target, ..])
        {
            NoteSubscripts(call);
            var text = KnownOutput.Printf(arguments[2..]);
            SetNoted(target.Text ?? "", new Variable(text, "", call.Origin), around, target with { Text = text });
            return Outcome.Silent;
        }

        return Said(KnownOutput.Printf(arguments), call);
    }

    // The shell evaluates the subscript of a name it is given, substitutions included.
    private void NoteSubscripts(Call call)
    {
        for (var i = 1; i < call.Words.Count; i++)
        {
            if (call.Words[i].Text is { } text && text.IndexOf('[') is >= 0 and var open && text.AsSpan(open).IndexOfAny("$`") >= 0)
            {
                NoteRun("runs a command hidden in a subscript", call);
                return;
            }
        }
    }

    private void NoteRun(string? why, Call call)
    {
        if (why is not null)
        {
            Add(new EffectUse(Effect.ExecuteDynamic, Place.Unresolved, null, Risk.High, why, call.Start, call.Length, call.Words[0].Text));
        }
    }
}
