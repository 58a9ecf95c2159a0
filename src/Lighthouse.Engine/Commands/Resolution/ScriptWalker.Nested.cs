using Lighthouse.Contracts;
using Lighthouse.Engine.Commands.Effects;

namespace Lighthouse.Engine.Commands.Resolution;

/// <summary>What a program makes run in its turn.</summary>
internal sealed partial class ScriptWalker
{
    // A file that the command wrote a moment ago is as good as its text.
    private void RunWritten(string path, bool byShell, Call call, Surroundings around)
    {
        if (_written.Find(around.State.WorkingDirectory, path) is not { } file)
        {
            return;
        }

        if ((file.Origin & (Origin.Network | Origin.Decoded)) != 0)
        {
            Dynamic(file.Origin, call.Start, call.Length, path, "runs a file that was just written");
        }

        if (byShell && file.Text is { } text && !NamesOtherLanguage(text))
        {
            RunText(text, call.Start, call.Length, around with { State = around.State.Process() });
        }
    }

    private static bool NamesOtherLanguage(string text) =>
        text.StartsWith("#!", StringComparison.Ordinal) && !text.AsSpan(0, text.IndexOf('\n') is > 0 and var end ? end : text.Length).TrimEnd().EndsWith("sh", StringComparison.Ordinal);

    private const int CharactersOfWord = 8;

    private Outcome Follow(NestedRun run, string name, Call call, Surroundings around)
    {
        // Each wrapper reads all words after it once more: a chain of them would cost the square of the text.
        if (run is ArgumentsRun copied && !_budget.Reparse(copied.Words.Count * CharactersOfWord))
        {
            return Outcome.Nothing;
        }

        _nesting++;
        var outcome = Outcome.Nothing;
        switch (run)
        {
            case ArgumentsRun { Words.Count: > 0 } words:
                // What a program runs in turn is a command of its own: who may do the one need not be allowed the other.
                var outer = _command;
                _command = ++_commands;
                outcome = JudgeWrapped(call with { Words = WithInput(words, name, call, around), Assignments = _noAssignments, Redirections = _none.List, WithoutFunctions = true, Start = call.Start, Length = call.Length }, around);
                _command = outer;
                if (words.Elsewhere && (outcome.Effects & ~(Effect.Read | Effect.NetworkIn)) != Effect.None)
                {
                    Add(new EffectUse(Effect.Infrastructure, Place.Network, null, Risk.High, "changes something in a container or on another machine", call.Start, call.Length, name));
                }

                break;
            case ScriptRun { Text: { } text } script:
                // What a here-document brings is shown where it stands.
                var isInput = around.Input.Text == text;
                var fromInput = isInput && (!around.Input.FromPipe || around.Input.HandedOn);
                if (isInput)
                {
                    // What the script's own commands read is the rest of it.
                    around.Input.Known?.Read();
                }

                outcome = RunText(
                    text, fromInput ? around.Input.Start : script.Start, fromInput ? around.Input.Length : script.Length, around with { State = Started(script, around.State) });
                if ((around.Input.Origin & Origin.Decoded) != 0 && isInput)
                {
                    Dynamic(Origin.Decoded, call.Start, call.Length, name, "");
                }

                break;
            case ScriptRun script:
                Dynamic(call.Origin | around.Input.Origin, script.Length > 0 ? script.Start : call.Start, script.Length > 0 ? script.Length : call.Length, name, "runs text that is not known beforehand");
                outcome = new Outcome(Effect.ExecuteDynamic, call.Origin | around.Input.Origin, null);
                break;
            case InputRun:
                var origin = call.Origin | around.Input.Origin | (call.OpensNetwork ? Origin.Network : Origin.None);
                Dynamic(origin, call.Start, call.Length, name, "runs code from its input");
                outcome = new Outcome(Effect.ExecuteDynamic, origin, null);
                break;
            case FileRun { Path.Text: { } path } file:
                RunWritten(path, file.ByShell, call, around);
                break;
        }

        _nesting--;
        return outcome;
    }

    // A shell that is started for a text, with its arguments as $0, $1 and following.
    private static ShellState Started(ScriptRun script, ShellState state)
    {
        var started = state.Process();
        if (script.Arguments is { } arguments)
        {
            started.Positional = new Parameters(arguments, 1);
            started.Set("0", arguments.Count > 0 ? Variable.From(arguments[0], Origin.None) : Variable.Unknown);
        }

        return started;
    }

    // Where nothing is piped or redirected, nothing comes in.
    private static IReadOnlyList<Word>? NamesIn(Input input, List<Word> words) => input == default && !words.Exists(static word => word.Text is ['-', 'a', ..] or ['-', '-', 'a', 'r', 'g', '-', ..])
        ? []
        : input.Listing?.Names;

    // xargs without options that change how it splits: known input gives known arguments.
    private static List<Word> WithInput(ArgumentsRun run, string name, Call call, Surroundings around)
    {
        if (!run.AppendsUnknown && run.Words is List<Word> given)
        {
            return given;
        }

        var words = new List<Word>(run.Words);
        if (!run.AppendsUnknown)
        {
            return words;
        }

        var plain = name is "xargs" && call.Words.TrueForAll(word => word.Text is not ['-', 'I' or 'i' or '0' or 'd' or 'a' or '-', ..]);
        if (plain && around.Input.Text is { Length: < 4_096 } text && text.AsSpan().IndexOfAny("'\"\\") < 0)
        {
            foreach (var item in text.Split([' ', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries))
            {
                words.Add(new Word(item, item, around.Input.Start, around.Input.Length));
            }
        }
        else
        {
            words.Add(new Word(null, "…", call.Start, call.Length) { Names = NamesIn(around.Input, call.Words) });
        }

        return words;
    }
}
