using Lighthouse.Contracts;
using Lighthouse.Engine.Commands.Effects;

namespace Lighthouse.Engine.Commands.Resolution;

/// <summary>Builtins that give names a value.</summary>
internal sealed partial class ScriptWalker
{
    private void Declare(string name, Call call, Surroundings around)
    {
        var state = around.State;
        NoteSubscripts(call);
        var exports = name == "export";
        var computed = false;
        foreach (var word in call.Words.Skip(1))
        {
            if (word.Text is not { } text)
            {
                var equals = word.Prefix.IndexOf('=');
                if (equals > 0)
                {
                    Put(word.Prefix[..equals].TrimEnd('+'), Variable.Unknown with { Prefix = word.Prefix[(equals + 1)..], Shape = word.Prefix[equals - 1] == '+' || computed ? null : word.Shape?.Behind('=') }, new Word(null, word.Raw[(word.Raw.IndexOf('=') + 1)..], word.Start, word.Length, false, word.Prefix[(equals + 1)..]));
                }
                else
                {
                    state.ForgetAll();
                }

                continue;
            }

            if (text is ['-' or '+', ..])
            {
                exports |= text.Contains('x') && text[0] == '-';
                if (text[0] == '-' && text.AsSpan().IndexOfAny('n', 'i') > 0)
                {
                    NoteRun(text.Contains('n') ? "makes a name stand for another" : call.Words.Exists(static other => (other.Text ?? "").Contains('=')) ? null : "makes later values of a name run as arithmetic", call);
                }

                computed |= text.AsSpan().IndexOfAny("niul") >= 0;
                continue;
            }

            var at = text.IndexOf('=');
            if (at < 0)
            {
                // A reference, or a change of case or kind: what the name stands for is no longer plain.
                if (computed || name is "local")
                {
                    state.Set(text, Variable.Unknown);
                }
                else if (exports && state.Find(text) is { } known)
                {
                    state.Set(text, known with { IsExported = true });
                    NoteEnvironment(text, new Word(known.Text, known.Text ?? "", call.Start, call.Length), around, known.Origin);
                }

                continue;
            }

            var value = text[(at + 1)..];
            if (computed)
            {
                var expansion = new Expansion(around.Frame, state, around.Input);
                _expander.RunArithmetic([new Syntax.QuotedPart(0, 0, value)], expansion);
                NoteRun(expansion.Runs, call);
            }

            var raw = word.Raw.IndexOf('=') is >= 0 and var rawAt ? word.Raw[(rawAt + 1)..] : value;
            var appended = text[..at].EndsWith('+');
            Put(text[..at].TrimEnd('+'), computed || appended || text[..at].Contains('[') ? Variable.Unknown : new Variable(value), new Word(appended ? null : value, raw, word.Start, word.Length));
        }

        void Put(string variable, Variable value, Word word)
        {
            var array = state.Find(variable)?.Elements is not null && word.Raw.StartsWith('(');
            if (!array)
            {
                state.Set(variable, value with { Origin = call.Origin, IsExported = exports || state.Find(variable)?.IsExported == true });
            }

            NoteEnvironment(variable, word, around, call.Origin);
        }
    }

    private void FillArray(string name, Call call, Surroundings around)
    {
        var lines = Variable.Unknown with { Origin = around.Input.Origin };
        if (name != "getopts" && around.Input.Text is { Length: > 0 and < 4_096 } text && call.Words.TrueForAll(word => word.Text is "-t" or not ['-', ..] and not null))
        {
            List<Word> elements = [.. text.TrimEnd('\n').Split('\n').Select(line => new Word(line, line, around.Input.Start, around.Input.Length))];
            lines = Variable.From(elements[0], around.Input.Origin) with { Elements = elements };
        }

        around.Input.Known?.Read();
        foreach (var word in call.Words.Skip(1))
        {
            SetNoted(word.Text ?? "", lines, around, word with { Text = lines.Text });
        }

        around.State.Set("MAPFILE", lines);
        if (call.Words.Exists(word => word.Text is null or ['-', 'C', ..]))
        {
            NoteRun("runs a command for each line", call);
        }
    }

    // fish assigns with it: set -gx NAME value
    private void NoteSet(Call call, Surroundings around)
    {
        if (call.Words.Exists(static word => word.Text is "+o") && call.Words.Exists(static word => word.Text is "history"))
        {
            NoteUnrecorded(call);
        }

        var at = call.Words.FindIndex(1, word => word.Text is not ['-' or '+', ..]);
        if (at > 0 && at + 1 < call.Words.Count && call.Words[at].Text is { } name)
        {
            NoteEnvironment(name, call.Words[at + 1], around, call.Origin);
        }
    }

    private void NoteUnrecorded(Call call) =>
        Add(new EffectUse(Effect.HistoryRewrite, Place.Home, null, Risk.High, "keeps what is done from the shell's history", call.Start, call.Length, call.Words[0].Text));

    private static void SetPositional(Call call, ShellState state)
    {
        for (var i = 1; i < call.Words.Count; i++)
        {
            if (call.Words[i].Text is ['-' or '+', not '-', ..] options && (options.Contains('e') || (options[1] == 'o' && i + 1 < call.Words.Count && call.Words[i + 1].Text == "errexit")))
            {
                state.StopsOnError = options[0] == '-';
            }

            if (call.Words[i].Text is "--" or "-")
            {
                state.Positional = new Parameters(call.Words, i + 1);
                return;
            }

            if (call.Words[i].Text is not (['-', ..] or ['+', ..]) && call.Words[i - 1].Text is not ("-o" or "+o"))
            {
                state.Positional = call.Words[i].IsKnown ? new Parameters(call.Words, i) : null;
                return;
            }
        }
    }

    private void Read(Call call, Surroundings around)
    {
        NoteSubscripts(call);
        var input = around.Input.Text;
        around.Input.Known?.Read();
        var names = new List<string>();
        for (var i = 1; i < call.Words.Count; i++)
        {
            switch (call.Words[i].Text)
            {
                case null:
                    around.State.ForgetAll();
                    return;
                case "-p" or "-t" or "-n" or "-N" or "-u" or "-d" or "-i":
                    i++;
                    break;
                case ['-', ..]:
                    break;
                case { } name:
                    names.Add(name);
                    break;
            }
        }

        // Of several lines a loop reads one after the other: only a single one is known to be what comes.
        var text = names.Count == 1 && call.Words.Count <= 3 && input is not null && IsOneLine(input) && !input.Contains('\\') && around.State.Find("IFS") is null
            ? input.Trim(' ', '\t', '\n')
            : null;
        foreach (var name in names.DefaultIfEmpty("REPLY"))
        {
            SetNoted(name, new Variable(text, "", around.Input.Origin) { Names = text is null ? around.Input.Listing?.Names : null, Shape = text is null && names.Count == 1 && around.State.Find("IFS") is null or { Text: "" } ? around.Input.Shape?.Whole : null }, around, new Word(text, text ?? "", call.Start, call.Length));
        }
    }

    private static bool IsOneLine(string text) => text.IndexOf('\n') is var end && (end < 0 || end == text.Length - 1);
}
