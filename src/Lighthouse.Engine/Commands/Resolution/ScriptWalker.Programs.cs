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
}
