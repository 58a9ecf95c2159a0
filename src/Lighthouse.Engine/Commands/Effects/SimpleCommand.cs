namespace Lighthouse.Engine.Commands.Effects;

/// <summary>
/// A word after expansion. <see cref="Text"/> is what the program would receive, or null where it cannot be known
/// (<see cref="Raw"/> still has the source). A glob keeps its pattern characters and sets <see cref="HasGlob"/>.
/// </summary>
/// <param name="Prefix">The known beginning when <see cref="Text"/> is null: <c>/etc/$name</c> has <c>/etc/</c>. Empty when nothing is known.</param>
internal readonly record struct Word(string? Text, string Raw, int Start, int Length, bool HasGlob = false, string Prefix = "")
{
    public bool IsKnown => Text is not null;

    /// <summary>
    /// Where <see cref="Text"/> is null and yet one of these patterns fits: the word comes out of a listing. Empty: a program hands over what it was
    /// told to look at, which is judged where it was told. Null: nothing is known.
    /// </summary>
    public IReadOnlyList<Word>? Names { get; init; }

    /// <summary>What is known where <see cref="Text"/> is null; null when nothing is. Only readers of paths and of addresses of lines look at it.</summary>
    public TextShape? Shape { get; init; }

    /// <summary>Nothing in the command says where the value comes from: it may be anything, an option included.</summary>
    public bool IsForeign { get; init; }
}

internal sealed record Assignment(string Name, Word Value);

/// <param name="Operator"><c>&lt;</c>, <c>&gt;</c>, <c>&gt;&gt;</c>, <c>&gt;|</c>, <c>&amp;&gt;</c>, <c>&amp;&gt;&gt;</c>, <c>&lt;&gt;</c>, <c>&lt;&lt;&lt;</c>, <c>&lt;&lt;</c>, <c>&gt;&amp;</c>, <c>&lt;&amp;</c>.</param>
/// <param name="Target">The path, descriptor or here-string; for a here-document its body.</param>
internal sealed record Redirection(string Operator, int? Descriptor, Word Target);

/// <summary>The output of a command that prints nothing but names of files.</summary>
internal interface IListedNames
{
    /// <summary>Patterns of the paths that may come out; null when anything may.</summary>
    IReadOnlyList<Word>? Names { get; }
}

/// <summary>A simple command as the shell would run it, quotes and expansions resolved as far as they can be.</summary>
internal sealed record SimpleCommand
{
    public required Word Program { get; init; }
    public IReadOnlyList<Word> Arguments { get; init; } = [];

    /// <summary>Assignments before the command; they act as its environment.</summary>
    public IReadOnlyList<Assignment> Assignments { get; init; } = [];
    public IReadOnlyList<Redirection> Redirections { get; init; } = [];

    /// <summary>True when standard input comes from an earlier command of a pipeline.</summary>
    public bool ReadsPipe { get; init; }

    /// <summary>Text on standard input when it is known: a here-document, a here-string, or a literal echo/printf in front of the pipe.</summary>
    public string? StandardInput { get; init; }

    /// <summary>What comes in on standard input, as names of files; null where nothing is known of it.</summary>
    public IListedNames? Listing { get; init; }

    /// <summary>Nothing is piped or redirected in.</summary>
    public bool HasNoInput { get; init; }

    /// <summary>Patterns of the paths that come in on standard input when it is a listing of files; else null. Few programs ask.</summary>
    public IReadOnlyList<Word>? InputNames => HasNoInput && !Arguments.Any(static word => word.Text is ['-', 'a', ..] or ['-', '-', 'a', 'r', 'g', '-', ..]) ? [] : Listing?.Names;
    public int Start { get; init; }
    public int Length { get; init; }
}

/// <summary>What one simple command does, and what else it makes run.</summary>
internal sealed record ProgramReading
{
    public List<EffectUse> Effects { get; init; } = [];

    /// <summary>Commands that this one runs (sudo, env, xargs, find -exec, sh -c, …); the analyser judges each in turn.</summary>
    public List<NestedRun> Runs { get; init; } = [];

    /// <summary>The kind of files that the program takes code from by itself; empty for none.</summary>
    public string Loads { get; init; } = "";

    /// <summary>Libraries that are looked for in the working directory first.</summary>
    public IReadOnlyCollection<string> Libraries { get; init; } = [];
}

internal abstract record NestedRun;

/// <summary>Words that are run as a command. <paramref name="AppendsUnknown"/>: more arguments come from elsewhere (xargs, find {}).</summary>
internal sealed record ArgumentsRun(IReadOnlyList<Word> Words, bool AppendsUnknown) : NestedRun
{
    /// <summary>In a container or a pod: its files are not those of this machine, and whatever it changes is changed there.</summary>
    public bool Elsewhere { get; init; }
}

/// <summary>Text that a shell runs. Null text: it cannot be known, hence <c>execute-dynamic</c>.</summary>
internal sealed record ScriptRun(string? Text, int Start, int Length) : NestedRun
{
    /// <summary><c>$0</c>, <c>$1</c> and following, as in <c>sh -c text name first</c>; null when they are not known.</summary>
    public IReadOnlyList<Word>? Arguments { get; init; }
}

/// <summary>A file that is run; <paramref name="ByShell"/> as shell, or by what its first line names.</summary>
internal sealed record FileRun(Word Path, bool ByShell) : NestedRun;

/// <summary>Code in whatever language that the program takes from its standard input.</summary>
internal sealed record InputRun : NestedRun;

/// <summary>Knowledge of programs: data files under <c>Commands/Programs</c>.</summary>
internal interface IProgramKnowledge
{
    /// <summary>Whether something is known of a program of that name.</summary>
    bool Knows(string program) => false;

    /// <summary>Programs of whom something is known and whose name fits a pattern of the shell.</summary>
    IEnumerable<string> NamesLike(string pattern) => [];

    /// <summary>Effects of the program and its arguments, not of redirections. Unknown program: one <see cref="Effect.Unknown"/>.</summary>
    ProgramReading Read(SimpleCommand command, Lighthouse.Engine.Commands.Contracts.ActionPlace place);

    /// <summary>False when no program does anything else because of a variable of this name.</summary>
    bool Heeds(string variable) => true;
}
