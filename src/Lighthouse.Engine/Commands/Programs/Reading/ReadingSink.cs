using Lighthouse.Contracts;
using Lighthouse.Engine.Commands.Contracts;
using Lighthouse.Engine.Commands.Effects;

namespace Lighthouse.Engine.Commands.Programs.Reading;

/// <summary>Collects what one command does while its parts are read.</summary>
internal sealed class ReadingSink(SimpleCommand command, ActionPlace place, IPathPlaces paths, string program)
{
    // Shared by all that run nothing, and never added to.
    private static readonly List<NestedRun> NoRuns = [];

    private readonly List<EffectUse> _effects = [];
    private List<NestedRun>? _runs;

    public SimpleCommand Command { get; } = command;
    public ActionPlace Place { get; } = place;
    public IPathPlaces Paths { get; } = paths;
    public string Program { get; } = program;

    /// <summary>An option moves the command to a directory outside: what it then names is not where it seems.</summary>
    public bool WorksElsewhere { get; set; }

    /// <summary>Where the command works, after the options that move it.</summary>
    public string? Directory { get; private set; } = place.WorkingDirectory;

    /// <summary>The kind of files that the program takes code from by itself.</summary>
    public string Loads { get; set; } = "";
    public List<string> Libraries { get; } = [];
    public bool IsEmpty => _effects.Count == 0 && _runs is null;

    public void Add(EffectTerm term) => Add(term.Effect, term.Place, term.Risk, term.Why);

    public void Add(Effect effect, Place place, Risk risk, string why, Word? at = null) => _effects.Add(new EffectUse(
        effect, place, at?.Text ?? at?.Raw, risk, why, at?.Start ?? Command.Start, at?.Length ?? Command.Length, Program));

    public void Add(EffectUse? use)
    {
        if (use is not null)
        {
            _effects.Add(use);
        }
    }

    public void Dynamic(string why, Word? at = null) => Add(Effect.ExecuteDynamic, Effects.Place.None, Risk.High, why, at);

    public void Run(IReadOnlyList<Word> words, bool appendsUnknown = false, bool elsewhere = false) => (_runs ??= []).Add(new ArgumentsRun(words, appendsUnknown) { Elsewhere = elsewhere });

    public void RunScript(Word script) => (_runs ??= []).Add(new ScriptRun(CodeWords.Settle("script", script).Text, script.Start, script.Length));

    public void RunScript(Word script, IReadOnlyList<Word> arguments) => (_runs ??= []).Add(new ScriptRun(CodeWords.Settle("script", script).Text, script.Start, script.Length) { Arguments = arguments });

    public void RunFile(Word path, bool byShell) => (_runs ??= []).Add(new FileRun(path, byShell));

    public void RunInput() => (_runs ??= []).Add(new InputRun());

    public void RunScript(string? text) => (_runs ??= []).Add(new ScriptRun(text, Command.Start, Command.Length));

    public void Move(Word directory)
    {
        Directory = directory is { Text: { } text, HasGlob: false } ? Resolution.Directories.Resolve(Directory, text) : null;
        WorksElsewhere |= Paths.PlaceOf(directory, Place) is not (Effects.Place.Workspace or Effects.Place.Temporary or Effects.Place.None);
    }

    public ProgramReading ToReading()
    {
        if (IsEmpty)
        {
            Add(EffectTerm.Nothing);
        }

        if (WorksElsewhere)
        {
            MoveElsewhere();
        }

        return new ProgramReading { Effects = _effects, Runs = _runs ?? NoRuns, Loads = Loads, Libraries = Libraries };
    }

    private void MoveElsewhere()
    {
        for (var i = 0; i < _effects.Count; i++)
        {
            if (_effects[i] is { Effect: Effect.WriteWorkspace } write)
            {
                _effects[i] = write with { Effect = Effect.WriteOutside, Place = Effects.Place.Outside, Risk = Risk.Medium, Why = write.Why + ", in another directory" };
            }
        }

        if (_runs is not null)
        {
            Add(Effect.Unknown, Effects.Place.Unresolved, Risk.Medium, "runs a command in another directory");
        }
    }
}
