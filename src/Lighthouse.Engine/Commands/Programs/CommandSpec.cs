namespace Lighthouse.Engine.Commands.Programs;

/// <summary>What one program or subcommand does, compiled from its entry in a data file.</summary>
internal sealed class CommandSpec
{
    /// <summary>How the command is called: <c>git remote add</c>.</summary>
    public required string Name { get; init; }
    public CommandSpec? Parent { get; init; }

    /// <summary>Effects of every run, and those of a run without arguments where they differ.</summary>
    public EffectTerm[] Does { get; init; } = [];
    public EffectTerm[]? Bare { get; init; }
    public Roles Arguments { get; init; } = Roles.None;
    public Dictionary<string, OptionSpec> Options { get; init; } = [];

    /// <summary>Options written with a star: <c>-get*</c>.</summary>
    public List<(string Beginning, OptionSpec Option)> OptionPatterns { get; } = [];
    public Dictionary<string, Lazy<CommandSpec>> Subcommands { get; init; } = [];
    public List<(string Pattern, Lazy<CommandSpec> Spec)> SubcommandPatterns { get; init; } = [];

    /// <summary>An option that is not listed makes the command unknown: for wrappers and other commands that run things.</summary>
    public bool Strict { get; init; }

    /// <summary>False where <c>--help</c> does not keep the program from acting.</summary>
    public bool Help { get; init; } = true;

    /// <summary>Words after the program may come without a dash: <c>tar xzf</c>.</summary>
    public bool Bundled { get; init; }

    /// <summary>Options are whole words after one dash, as in <c>find -name</c>: no clusters.</summary>
    public bool WholeWords { get; init; }

    /// <summary>Options end at the first argument that is none: what follows belongs to a script.</summary>
    public bool Posix { get; init; }

    /// <summary>Name of the C# reading for what data cannot say.</summary>
    public string? Special { get; init; }

    /// <summary>The kind of files of the project that it takes code from by itself, as <c>loads.json</c> calls it; empty for none.</summary>
    public string Loads { get; init; } = "";

    /// <summary>Whether anything but a subcommand may follow.</summary>
    public bool TakesArguments => Does.Length > 0 || Bare is not null || Arguments != Roles.None || Special is not null;

    public bool HasSubcommands => Subcommands.Count > 0 || SubcommandPatterns.Count > 0;

    public CommandSpec? Subcommand(string name)
    {
        if (Subcommands.TryGetValue(name, out var spec))
        {
            return spec.Value;
        }

        foreach (var (pattern, other) in SubcommandPatterns)
        {
            if (Effects.Glob.Matches(pattern, name))
            {
                return other.Value;
            }
        }

        return null;
    }

    public OptionSpec? Option(string name)
    {
        for (var spec = this; spec is not null; spec = spec.Parent)
        {
            if (spec.Options.TryGetValue(name, out var option))
            {
                return option;
            }

            foreach (var (beginning, one) in spec.OptionPatterns)
            {
                if (name.StartsWith(beginning, StringComparison.Ordinal))
                {
                    return one;
                }
            }
        }

        return null;
    }

    /// <summary>The first option here or above that <paramref name="wanted"/> holds for.</summary>
    public OptionSpec? Option(Func<OptionSpec, bool> wanted)
    {
        for (var spec = this; spec is not null; spec = spec.Parent)
        {
            foreach (var option in spec.Options.Values)
            {
                if (wanted(option))
                {
                    return option;
                }
            }
        }

        return null;
    }

    /// <summary>The option of several letters after one dash that <paramref name="text"/> begins with, its value following at once.</summary>
    public OptionSpec? Glued(string text)
    {
        OptionSpec? found = null;
        if (text is not ['-', not '-', _, _, ..])
        {
            return null;
        }

        for (var spec = this; spec is not null; spec = spec.Parent)
        {
            foreach (var (name, option) in spec._words ??= [.. spec.Options.Where(static pair => pair.Key is ['-', not '-', _, ..] && pair.Value.TakesValue).Select(static pair => (pair.Key, pair.Value))])
            {
                if (name.Length > (found?.Name.Length ?? 0) && text.StartsWith(name, StringComparison.Ordinal))
                {
                    found = option;
                }
            }
        }

        return found;
    }

    private (string Name, OptionSpec Option)[]? _words;

    // Asked for at every long option that is not listed: one list for the command and what stands above it.
    private (string Name, OptionSpec Option)[]? _long;

    /// <summary>GNU programs accept any beginning of a long option. Of several the one with effects counts.</summary>
    public OptionSpec? Abbreviated(string beginning)
    {
        OptionSpec? found = null;
        foreach (var (name, option) in _long ??= LongOptions())
        {
            if (name.Length > 2 && name[2] == beginning[2] && name.StartsWith(beginning, StringComparison.Ordinal) && (found is null || (found.IsPlain && !option.IsPlain)))
            {
                found = option;
            }
        }

        return found;
    }

    private (string Name, OptionSpec Option)[] LongOptions()
    {
        List<(string, OptionSpec)> all = [];
        for (var spec = this; spec is not null; spec = spec.Parent)
        {
            foreach (var (name, option) in spec.Options)
            {
                if (name.StartsWith("--", StringComparison.Ordinal))
                {
                    all.Add((name, option));
                }
            }
        }

        return [.. all];
    }
}

/// <summary>An option: whether it takes a value, what the value is, and what it changes.</summary>
internal sealed record OptionSpec(string Name, string? Role, bool AttachedOnly, bool Replaces, EffectTerm[] Does, Roles? Arguments)
{
    public bool TakesValue => Role is not null;

    /// <summary>It runs, loads, writes or sends something, so that a program with it is no longer harmless.</summary>
    public bool CanHarm { get; } = Role is "script" or "execute" or "write" or "command-rest" or "command-until" or "git-config" or "load"
        || Array.Exists(Does, static term => term.Risk > Lighthouse.Contracts.Risk.Low || term.Effect is Effects.Effect.ExecuteDynamic or Effects.Effect.NetworkOut);

    public bool IsPlain => Role is null or "text" && Does.Length == 0 && Arguments is null && !Replaces;
}

/// <summary>What the positional arguments are: some first ones, a repeated one, some last ones.</summary>
internal sealed record Roles(string[] First, string? Repeated, string[] Last)
{
    public static Roles None { get; } = new([], null, []);

    public static Roles Parse(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var star = Array.FindIndex(words, static word => word.EndsWith('*'));
        return words.Length == 0 ? None
            : star < 0 ? new Roles(words, null, [])
            : new Roles(words[..star], words[star][..^1], words[(star + 1)..]);
    }

    public string? At(int index, int count)
    {
        if (index < First.Length)
        {
            return First[index];
        }

        var fromEnd = count - index;
        return Last.Length > 0 && fromEnd <= Last.Length ? Last[^fromEnd] : Repeated;
    }

    /// <summary>The role when it is not yet known how many arguments follow.</summary>
    public string? AtLeast(int index) => index < First.Length ? First[index] : Repeated;
}
