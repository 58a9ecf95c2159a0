using Lighthouse.Engine.Commands.Effects;

namespace Lighthouse.Engine.Commands.Programs.Reading;

/// <summary>The arguments of one command, sorted by what its spec says of them.</summary>
internal sealed class ParsedCommand(CommandSpec spec)
{
    public CommandSpec Spec { get; set; } = spec;
    // Most commands have only some of these. The empty lists are shared, and never added to.
    private static readonly List<GivenOption> NoOptions = [];
    private static readonly List<UnlistedOption> NoUnlisted = [];
    private static readonly List<Word> NoWords = [];

    public List<GivenOption> Options { get; private set; } = NoOptions;
    public List<UnlistedOption> UnlistedOptions { get; private set; } = NoUnlisted;
    public List<Word> Positionals { get; private set; } = NoWords;
    public List<Word> Assignments { get; private set; } = NoWords;

    public void AddOption(OptionSpec option, Word? value)
    {
        Options = Options.Count == 0 ? [] : Options;
        Options.Add(new GivenOption(option, value));
    }

    public void AddUnlisted(Word word, Word? next)
    {
        UnlistedOptions = UnlistedOptions.Count == 0 ? [] : UnlistedOptions;
        UnlistedOptions.Add(new UnlistedOption(word, next));
    }

    public void AddPositional(Word word, int atMost)
    {
        Positionals = Positionals.Count == 0 ? new List<Word>(atMost) : Positionals;
        Positionals.Add(word);
    }

    public void AddAssignment(Word word)
    {
        Assignments = Assignments.Count == 0 ? [] : Assignments;
        Assignments.Add(word);
    }

    /// <summary>Words of the command that this one runs, and the role that made them one.</summary>
    public IReadOnlyList<Word> Nested { get; set; } = [];
    public string? NestedRole { get; set; }
    /// <summary>A whole word whose value anybody may have chosen, where an option could stand.</summary>
    public Word? PossibleOption { get; set; }
    public Word? UnknownSubcommand { get; set; }
    public bool ShowsHelp { get; set; }

    /// <summary>An option that keeps the command from acting was given, and taken back by another.</summary>
    public bool ActsAfterAll { get; set; }

    /// <summary>Arguments that are neither subcommands nor help.</summary>
    public int OwnArguments { get; set; }

    private Roles _roles = spec.Arguments;
    private CommandSpec _rolesOf = spec;
    private int _rolesRead;
    private bool _rolesChanged;

    /// <summary>The positional roles after the options had their say: sed -i -e script file writes, and has no script among its arguments.</summary>
    public Roles Roles
    {
        get
        {
            if (!ReferenceEquals(_rolesOf, Spec))
            {
                (_roles, _rolesOf, _rolesRead, _rolesChanged) = (Spec.Arguments, Spec, 0, false);
            }

            // Asked for at every positional argument: each option has its say once.
            for (; _rolesRead < Options.Count; _rolesRead++)
            {
                if (Options[_rolesRead].Option.Arguments is { } other)
                {
                    _roles = !_rolesChanged ? other
                        : new Roles(other.First.Length < _roles.First.Length ? other.First : _roles.First, IsHarmless(_roles.Repeated) ? other.Repeated : _roles.Repeated, other.Last);
                    _rolesChanged = true;
                }
            }

            return _roles;
        }
    }

    private static bool IsHarmless(string? role) => role is null or "text" or "list" or "read" or "tree";

    public bool Has(string name) => Options.Exists(given => given.Option.Name == name);

    public Word? Value(params ReadOnlySpan<string> names)
    {
        foreach (var given in Options)
        {
            if (given.Value is not null && names.Contains(given.Option.Name))
            {
                return given.Value;
            }
        }

        return null;
    }
}

internal sealed record GivenOption(OptionSpec Option, Word? Value);

/// <summary>An option that no data file lists, and the word after it, which may be its value.</summary>
internal readonly record struct UnlistedOption(Word Word, Word? Next);
