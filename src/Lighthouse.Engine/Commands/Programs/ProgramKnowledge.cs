using Lighthouse.Contracts;
using Lighthouse.Engine.Commands.Contracts;
using Lighthouse.Engine.Commands.Effects;
using Lighthouse.Engine.Commands.Programs.Reading;

namespace Lighthouse.Engine.Commands.Programs;

internal sealed class ProgramKnowledge(IPathPlaces paths) : IProgramKnowledge
{
    private readonly ProgramTable _table = new();

    public ProgramReading Read(SimpleCommand command, ActionPlace place)
    {
        var word = command.Program;
        var sink = new ReadingSink(command, place, paths, word.Text ?? word.Raw);
        foreach (var assignment in command.Assignments)
        {
            EnvironmentVariables.Read(assignment.Name, assignment.Value, sink);
        }

        if (word.Text is not { } text || word.HasGlob)
        {
            sink.Dynamic("runs a program whose name is not known beforehand", word);
        }
        else if (text.Length > 0)
        {
            ReadProgram(text, word, sink);
        }

        return sink.ToReading();
    }

    private void ReadProgram(string text, Word word, ReadingSink sink)
    {
        if (ProgramNames.Of(text) is not { } name)
        {
            ArgumentRoles.Read("execute", word, sink);
            return;
        }

        var spec = _table.Find(name) ?? _table.Find(ProgramNames.WithoutVersion(name));
        if (spec is not null)
        {
            CommandReading.Read(spec, sink);
        }
        else if (sink.Command.Arguments is [{ Text: "--help" or "--version" }])
        {
            // An installed program of any name answers these two; a script of the workspace was handled above.
            sink.Add(EffectTerm.Nothing with { Why = "shows help" });
        }
        else
        {
            sink.Add(Effect.Unknown, Place.None, Risk.Medium, $"runs {name}, which is not known", word);
        }
    }
}
