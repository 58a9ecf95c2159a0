using Lighthouse.Contracts;
using Lighthouse.Engine.Commands.Contracts;
using Lighthouse.Engine.Commands.Effects;
using Lighthouse.Engine.Commands.Resolution;
using Where = Lighthouse.Engine.Commands.Effects.Place;

namespace Lighthouse.Engine.Tests.Commands.Resolution;

/// <summary>Stands where program knowledge does and keeps what it is asked, so that a test sees what would run.</summary>
internal sealed class Recorder : IProgramKnowledge
{
    public static ActionPlace Place { get; } = new("/w/app", "/w", "/home/dev", [], []);

    public List<(SimpleCommand Command, ActionPlace Place)> Calls { get; } = [];

    public ProgramReading Read(SimpleCommand command, ActionPlace place)
    {
        var name = command.Program.Text;
        if (name == ":")
        {
            return Environment(command);
        }

        Calls.Add((command, place));
        var start = command.Program.Start;
        return name switch
        {
            "curl" => Does(Effect.NetworkIn, Where.Network, command),
            "nc" => Does(Effect.NetworkOut, Where.Network, command),
            "cat" when command.Arguments is [{ Text: "/home/dev/.ssh/id_rsa" }] => Does(Effect.CredentialAccess, Where.Credential, command),
            "sh" or "bash" when command.Arguments is [{ Text: "-c" }, var script, ..] => new ProgramReading { Runs = [new ScriptRun(script.Text, script.Start, script.Length)] },
            "sh" or "bash" when command.Arguments.Count == 0 => new ProgramReading { Runs = [new ScriptRun(command.StandardInput, start, command.Length)] },
            "sh" or "bash" when command.Arguments is [{ Text: { } file } path, ..] && file[0] != '-' => new ProgramReading { Runs = [new FileRun(path, true)] },
            "bash" when command.Arguments is [{ Text: "-i" }] => new ProgramReading { Runs = [new InputRun()] },
            "python3" when command.Arguments is [] or [{ Text: "-" }] => new ProgramReading { Runs = [new InputRun()] },
            "python3" => new ProgramReading { Runs = [new FileRun(command.Arguments[0], false)] },
            ['.', '/', ..] => new ProgramReading { Runs = [new FileRun(command.Program, true)] },
            "sudo" or "env" when command.Arguments.Count > 0 => new ProgramReading { Runs = [new ArgumentsRun(command.Arguments, false)] },
            "xargs" when command.Arguments.Count > 0 => new ProgramReading { Runs = [new ArgumentsRun(command.Arguments, true)] },
            _ => Does(Effect.Read, Where.None, command),
        };
    }

    private static ProgramReading Environment(SimpleCommand command) => command.Assignments switch
    {
        [{ Name: "LD_PRELOAD" }] => new ProgramReading { Effects = [new EffectUse(Effect.ExecuteDynamic, Where.None, null, Risk.High, "loads it", command.Start, command.Length, null)] },
        [{ Name: "PAGER" or "PATH", Value: var value }] => new ProgramReading { Runs = [new ScriptRun(value.Text, value.Start, value.Length)] },
        _ => new ProgramReading(),
    };

    private static ProgramReading Does(Effect effect, Where where, SimpleCommand command) => new()
    {
        Effects = [new EffectUse(effect, where, "target", Risk.Medium, "does it", command.Start, command.Length, command.Program.Text)],
    };

    /// <summary>The commands that would run, as <c>program|argument|…</c>; an unknown word is <c>?</c> after its known prefix.</summary>
    public static string[] Runs(string text) => Walk(text).Recorder.Calls.Select(call => Show(call.Command)).ToArray();

    public static (Recorder Recorder, ScriptWalker Walker) Walk(string text)
    {
        var recorder = new Recorder();
        var walker = new ScriptWalker(recorder, new PathPlaces(), Place, text);
        walker.WalkText(text);
        return (recorder, walker);
    }

    public static string Show(SimpleCommand command) => string.Join('|', command.Arguments.Prepend(command.Program).Select(word => word.Text ?? word.Prefix + "?"));
}
