using Lighthouse.Engine.Commands.Effects;

namespace Lighthouse.Engine.Commands.Programs.Reading;

/// <summary>The arguments of one command, sorted by what its spec says of them.</summary>
internal sealed class ParsedCommand(CommandSpec spec)
{
    public CommandSpec Spec { get; set; } = spec;
    public List<GivenOption> Options { get; } = [];
    public List<Word> UnknownOptions { get; } = [];
    public List<Word> Positionals { get; } = [];
    public List<Word> Assignments { get; } = [];

    /// <summary>Words of the command that this one runs, and the role that made them one.</summary>
    public IReadOnlyList<Word> Nested { get; set; } = [];
    public string? NestedRole { get; set; }
    public Word? UnknownSubcommand { get; set; }
    public bool ShowsHelp { get; set; }

    /// <summary>Arguments that are neither subcommands nor help.</summary>
    public int OwnArguments { get; set; }

    /// <summary>The positional roles after the options had their say.</summary>
    public Roles Roles => Options.FindLast(static given => given.Option.Arguments is not null)?.Option.Arguments ?? Spec.Arguments;

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
