using Lighthouse.Contracts;
using Lighthouse.Engine.Commands.Effects;
using Lighthouse.Engine.Commands.Syntax;

namespace Lighthouse.Engine.Commands.Resolution;

internal sealed partial class ScriptWalker
{
    /// <summary>Builtins that run something, now or later; null for everything else.</summary>
    private Outcome? RunExecutingBuiltin(string name, Call call, Surroundings around)
    {
        switch (name)
        {
            case "eval":
                return Evaluate(call, around);
            case "source" or ".":
                return Source(call, around);
            case "exec":
                return RunRest(call, around, "a");
            case "command":
                return call.Words.Skip(1).TakeWhile(static word => word.Text is ['-', ..]).Any(static word => word.Text!.AsSpan().IndexOfAny("vV") > 0) ? Outcome.Nothing with { Listing = Listing.OfProgram(name, call.Words[1..]) } : RunRest(call with { WithoutFunctions = true }, around, "");
            case "builtin":
                return RunRest(call with { WithoutFunctions = true }, around, "");
            case "trap":
                if (call.Words.Count > 2 && call.Words[1].Text is not ("-" or "" or "-p" or "-l"))
                {
                    RunLater(call.Words[1], call, around);
                }

                return call.Words.Count > 2 && call.Words[1].Text is not ("-p" or "-l") ? Outcome.Silent : Outcome.Nothing;
            case "alias":
                SetAliases(call, around.State);
                JudgeAliases(call, around);
                if (call.Words.Exists(word => word.Text is null or "-g" or "-s" or "-S") || (call.Words.Count > 2 && call.Words[1].Text is { Length: > 0 } first && first[0] != '-' && !first.Contains('=')))
                {
                    NoteRun("lets another word stand for a command", call);
                }

                return Outcome.Nothing;
            case "unalias":
                return Outcome.Silent;
            case "hash" when call.Words.Exists(word => word.Text is null or "-p"):
                NoteRun("makes a name stand for another program", call);
                return Outcome.Silent;
            case "hash":
                return Outcome.Nothing;
            case "enable" when call.Words.Count > 1:
                NoteRun("changes what a builtin's name stands for", call);
                return Outcome.Silent;
            case "bind" or "complete" or "compopt" when call.Words.Count > 1:
                NoteRun("makes the shell run something later", call);
                return Outcome.Silent;
            case "fc":
                NoteRun("runs commands from the history again", call);
                return Outcome.Silent;
            default:
                return null;
        }
    }

    private Outcome RunRest(Call call, Surroundings around, string optionsWithValue)
    {
        for (var i = 1; i < call.Words.Count; i++)
        {
            if (call.Words[i].Text is ['-', var letter, ..] option && option != "--")
            {
                i += option.Length == 2 && optionsWithValue.Contains(letter) ? 1 : 0;
                continue;
            }

            var at = call.Words[i].Text == "--" ? i + 1 : i;
            if (at >= call.Words.Count)
            {
                return Outcome.Silent;
            }

            // exec exec exec …: each is one level deeper, and reads all words after it once more.
            if (!_budget.Reparse((call.Words.Count - at) * CharactersOfWord))
            {
                return Outcome.Nothing;
            }

            _nesting++;
            var outcome = JudgeWrapped(call with { Words = call.Words[at..], Start = call.Start, Length = call.Length }, around);
            _nesting--;
            return outcome;
        }

        return Outcome.Silent;
    }

    private Outcome Evaluate(Call call, Surroundings around)
    {
        var words = call.Words.Count > 1 && call.Words[1].Text == "--" ? call.Words[2..] : call.Words[1..];
        if (words.Count == 0)
        {
            return Outcome.Silent;
        }

        var start = words[0].Start;
        var length = Math.Max(words[^1].Start + words[^1].Length - start, 0);
        if (words.Exists(word => !word.IsKnown || word.HasGlob))
        {
            Dynamic(call.Origin, start, length, "eval", "runs text that is not known beforehand");
            around.State.ForgetAll();
            return new Outcome(Effect.ExecuteDynamic, call.Origin, null);
        }

        if ((call.Origin & Origin.Decoded) != 0)
        {
            Dynamic(call.Origin, start, length, "eval", "");
        }

        return RunText(words.Count == 1 ? words[0].Text! : string.Join(' ', words.ConvertAll(word => word.Text)), start, length, around);
    }

    private Outcome Source(Call call, Surroundings around)
    {
        // fish reads its input when no file is named.
        var file = call.Words.Count > 1 ? call.Words[1] : call.Words[0] with { Text = "/dev/stdin" };
        var written = file.Text is { } path ? _written.Find(around.State.WorkingDirectory, path) : null;
        var origin = call.Origin | (written?.Origin ?? Origin.None);
        var fromInput = file.Text is "/dev/stdin" or "/dev/fd/0" or "/proc/self/fd/0" or "-";
        origin |= fromInput ? around.Input.Origin : Origin.None;
        if (written?.Text is { } text || (fromInput && (text = around.Input.Text) is not null))
        {
            if ((origin & (Origin.Network | Origin.Decoded)) != 0)
            {
                Dynamic(origin, file.Start, file.Length, file.Text, "");
            }

            if (fromInput)
            {
                around.Input.Known?.Read();
            }

            return RunText(text!, file.Start, file.Length, around);
        }

        if (_places.Read(file, Here(around.State), call.Words[0].Text) is { } read)
        {
            Add(read);
        }

        Dynamic(origin, file.Start, file.Length, file.Text ?? file.Raw, "runs a script in this shell");
        around.State.ForgetAll();
        return new Outcome(Effect.ExecuteDynamic, origin, null);
    }

    private void RunLater(Word script, Call call, Surroundings around)
    {
        if (script.Text is { } text && !script.HasGlob)
        {
            RunText(text, script.Start, script.Length, around with { State = around.State.Fork(), Input = default });
        }
        else
        {
            Dynamic(call.Origin, script.Start, script.Length, "trap", "runs text that is not known beforehand");
        }
    }

    private static void SetAliases(Call call, ShellState state)
    {
        foreach (var word in call.Words.Skip(1))
        {
            var text = word.Text ?? word.Prefix;
            var equals = text.IndexOf('=');
            if (equals > 0)
            {
                state.SetAlias(text[..equals], new Variable(word.Text is null ? null : text[(equals + 1)..], "", call.Origin));
            }
        }
    }

    // Like a function nobody called: the same session may use it later, with arguments that are not known yet.
    private void JudgeAliases(Call call, Surroundings around)
    {
        foreach (var word in call.Words.Skip(1))
        {
            var equals = word.Text?.IndexOf('=') ?? -1;
            if (equals > 0 && equals + 1 < word.Text!.Length && !_active.Contains(word.Text[..equals]))
            {
                _active.Add(word.Text[..equals]);
                var state = around.State.Fork();
                state.Positional = null;
                var text = word.Text[(equals + 1)..];
                RunText(text, word.Start, word.Length, around with { State = state, Input = default });
                RunText(text + " \"$@\"", word.Start, word.Length, around with { State = state, Input = default });
                _active.RemoveAt(_active.Count - 1);
            }
        }
    }

    /// <summary><c>while true; do x &amp; done</c>: processes without end.</summary>
    private void NoteEndless(LoopNode node, Surroundings around)
    {
        var always = node.Condition.Items is [{ Command: { Rest: null, First: { Negated: false, Commands: [var only] } } }]
            && ((only is SimpleNode { Words: [{ Bare: "true" or ":" or "false" }, ..] } test && test.Words[0].Bare == "false" == node.Until) || (only is ArithmeticNode && !node.Until));
        if (always && node.Body.Items.Exists(item => item.Background))
        {
            var (start, length) = around.Frame.Map(node.Start, node.Length);
            Add(new EffectUse(Effect.ProcessControl, Place.System, null, Risk.High, "starts processes without end", start, length, null));
        }
    }
}
