using Lighthouse.Contracts;
using Lighthouse.Engine.Commands.Contracts;
using Lighthouse.Engine.Commands.Effects;
using Lighthouse.Engine.Commands.Programs.Reading;

namespace Lighthouse.Engine.Commands.Programs;

internal sealed class ProgramKnowledge(IPathPlaces paths) : IProgramKnowledge
{
    // Links to the root directory that every process has.
    private static readonly string[] _roots = ["/proc/self/root/", "/proc/thread-self/root/"];

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

    public bool Heeds(string variable) => EnvironmentVariables.IsHeeded(variable);

    public bool Knows(string program) => ProgramNames.Of(program) is { } name && _table.Find(name) is not null;

    public IEnumerable<string> NamesLike(string pattern) => _table.Names.Where(name => Glob.Matches(pattern, name));

    private void ReadProgram(string text, Word word, ReadingSink sink)
    {
        // /usr/bin/../bin/rm, or ./rm from within /bin, is rm.
        if ((ProgramNames.Of(text) ?? ProgramNames.Of(Plain(text, sink.Place.WorkingDirectory))) is not { } name)
        {
            ArgumentRoles.Execute(word, byShell: true, sink);
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

    private static string Plain(string path, string? workingDirectory)
    {
        var plain = Resolution.Directories.Resolve(workingDirectory, path) ?? path;
        foreach (var root in _roots)
        {
            plain = plain.StartsWith(root, StringComparison.Ordinal) ? plain[(root.Length - 1)..] : plain;
        }

        return plain;
    }
}
