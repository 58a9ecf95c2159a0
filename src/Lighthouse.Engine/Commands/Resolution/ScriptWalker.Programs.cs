using Lighthouse.Contracts;
using Lighthouse.Engine.Commands.Effects;

namespace Lighthouse.Engine.Commands.Resolution;

internal sealed partial class ScriptWalker
{
    private Outcome RunProgram(string name, Call call, Surroundings around)
    {
        Name(name);
        var input = around.Input;
        var incomingText = input.Text;
        var arguments = call.Words.Count > 1 ? call.Words[1..] : _noWords;
        var reading = _knowledge.Read(
            new SimpleCommand
            {
                Program = call.Words[0],
                Arguments = arguments,
                Assignments = call.Assignments,
                Redirections = call.Redirections,
                ReadsPipe = input.FromPipe,
                StandardInput = incomingText,
                Listing = input.Listing,
                HasNoInput = input == default,
                Start = call.Start,
                Length = call.Length,
            },
            Here(around.State));

        _links.Note(name, arguments, around.State.WorkingDirectory);
        if (reading.Effects.Count == 0 && reading.Runs.Count == 0)
        {
            Add(new EffectUse(Effect.Unknown, Place.Unresolved, null, Risk.Medium, $"runs {name}, of which no effect is known", call.Start, call.Length, name));
        }

        var effects = Effect.None;
        var sendsSecretFile = false;
        var readsSecretFile = false;
        var reaches = false;
        ReadElsewhere(call, arguments, reading, around);
        NoteLoaded(reading, name, call, around);
        foreach (var found in reading.Effects)
        {
            var use = OwnWords(found, call, reading.Runs);
            Add(use);
            effects |= use.Effect;
            readsSecretFile |= use is { Effect: Effect.CredentialAccess, Place: Place.Credential, Target: not null };
            sendsSecretFile |= use.Effect == Effect.NetworkOut;
            reaches |= use.Effect is Effect.NetworkIn or Effect.NetworkOut || use is { Effect: Effect.Infrastructure, Place: Place.Network };
        }

        var named = OriginOfFiles(arguments, around.State);
        var incoming = call.Origin | input.Origin | named;
        if (reaches && ((incoming & Origin.Secret) != 0 || ((incoming & Origin.Environment) != 0 && reading.Effects.Exists(static use => use.Effect is Effect.NetworkIn or Effect.NetworkOut)) || (sendsSecretFile && readsSecretFile)))
        {
            Add(new EffectUse(Effect.NetworkOut, Place.Network, null, Risk.Critical, "reads a secret and sends it over the network", call.Start, call.Length, name));
        }

        var origin = (Filters(name) ? incoming & ~Origin.Environment : incoming) | OriginOf(name, effects, arguments) | (reading.Runs.Count == 0 ? Dumps.Of(name, arguments) : Origin.None);
        var output = name == "mktemp" && arguments.TrueForAll(static argument => argument.Text is "-d" or "-q" or "-t") ? $"/tmp/tmp.{call.Start}" : KnownOutput.Of(name, arguments, input) ?? TextOf(name, arguments, around.State);
        if ((effects & Effect.ExecuteDynamic) != 0 && (call.Origin & (Origin.Network | Origin.Decoded)) != 0)
        {
            Dynamic(call.Origin, call.Start, call.Length, name, "runs what it reads");
        }

        // nc -e sh, socat EXEC:sh: what such a program starts reads from the connection.
        var inner = (effects & Effect.NetworkOut) != 0 ? around with { Input = new Input(true, input.Origin | Origin.Network, null, call.Start, call.Length) } : around;
        foreach (var run in reading.Runs)
        {
            var nested = Follow(run, name, call, run is ScriptRun ? inner : around);
            effects |= nested.Effects;
            origin |= nested.Origin;
            output ??= reading.Runs.Count == 1 ? nested.Output : null;
        }

        foreach (var use in reading.Effects)
        {
            if (use.Target is { Length: > 0 } target && (use.Effect & (Effect.WriteWorkspace | Effect.WriteOutside | Effect.Persistence)) != 0)
            {
                _written.Add(around.State.WorkingDirectory, target, new WrittenFile(origin, KnownOutput.CopiesInput(name) ? incomingText : null));
            }
        }

        input.Known?.Read();
        return new Outcome(effects, origin, output)
        {
            Shape = output is null ? OutputShape.Of(name, arguments, input, around.State) : null,
            Listing = output is null ? Listing.OfWorkTree(name, arguments, around.State, _place.Home) ?? Listing.OfProgram(name, arguments) ?? Listing.Of(name, arguments, input.Listing) : null,
            Span = output is not null && ReferenceEquals(output, incomingText) && (!input.FromPipe || input.HandedOn) ? (input.Start, input.Length) : null,
        };
    }

    private static bool Filters(string name) => Path.GetFileName(name.AsSpan()) is "grep" or "egrep" or "rg" or "awk" or "sed" or "cut" or "jq" or "head" or "tail" or "wc";

    private static Origin OriginOf(string name, Effect effects, List<Word> arguments)
    {
        var origin = Origin.None;
        if ((effects & (Effect.NetworkIn | Effect.NetworkOut)) != 0)
        {
            origin |= Origin.Network;
        }

        if ((effects & Effect.CredentialAccess) != 0)
        {
            origin |= Origin.Secret;
        }

        return Decoders.Decodes(name, arguments) ? origin | Origin.Decoded : origin;
    }

    private string? TextOf(string name, List<Word> arguments, ShellState state) =>
        _written.Any && name == "cat" && arguments is [{ Text: { } path }] ? _written.Find(state.WorkingDirectory, path)?.Text : null;

    // cp secret a; curl -F f=@a: what a file was filled from goes along with it.
    private Origin OriginOfFiles(List<Word> arguments, ShellState state)
    {
        var origin = Origin.None;
        for (var i = 0; (_written.Any || _descriptors.Any) && i < arguments.Count; i++)
        {
            if (arguments[i].Text is { Length: > 0 } text)
            {
                origin |= _descriptors.OriginOf(text);
                var from = text.LastIndexOfAny(['@', '=']) + 1;
                origin |= _written.Find(state.WorkingDirectory, text)?.Origin ?? Origin.None;
                origin |= from > 0 && from < text.Length ? _written.Find(state.WorkingDirectory, text[from..])?.Origin ?? Origin.None : Origin.None;
            }
        }

        return origin;
    }

    // After an unchecked cd: what would be worse in the directory that the shell may still be in.
    private void ReadElsewhere(Call call, List<Word> arguments, ProgramReading here, Surroundings around)
    {
        if (around.State.OtherDirectories.Count == 0 || !here.Effects.Any(static use => Harms(use.Effect)))
        {
            return;
        }

        var worst = here.Effects.Max(static use => use.Risk);
        foreach (var directory in around.State.OtherDirectories)
        {
            var command = new SimpleCommand { Program = call.Words[0], Arguments = arguments, Start = call.Start, Length = call.Length };
            foreach (var use in _knowledge.Read(command, _place with { WorkingDirectory = directory }).Effects)
            {
                if (use.Risk > worst && Harms(use.Effect))
                {
                    Add(use with { Why = use.Why + ", should the change of directory before it not work" });
                }
            }
        }

        static bool Harms(Effect effect) => (effect & (Effect.Delete | Effect.WriteOutside | Effect.WriteWorkspace | Effect.Persistence | Effect.HistoryRewrite)) != 0;
    }

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
