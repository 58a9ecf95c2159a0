using System.Collections.Immutable;
using Lighthouse.Engine.Commands.Effects;
using Lighthouse.Engine.Commands.Syntax;

namespace Lighthouse.Engine.Commands.Resolution;

/// <summary>A function of the same text; <see cref="Certain"/> false where it may or may not be defined when called.</summary>
internal sealed class FunctionBinding(FunctionNode node, Frame frame, bool certain)
{
    public FunctionNode Node => node;
    public Frame Frame => frame;
    public bool Certain => certain;
}

/// <summary>
/// Variables, functions, aliases and working directory at a point of the script. A fork sees its parent and keeps its own
/// changes, so that a subshell costs nothing and a branch can be joined by what it changed.
/// </summary>
internal sealed class ShellState(ShellState? parent, string? workingDirectory, Parameters? positional, bool isProcess = false)
{
    private Dictionary<string, Variable>? _variables;
    private Dictionary<string, FunctionBinding>? _functions;
    private Dictionary<string, Variable>? _aliases;
    private bool _opaque;

    // Each costs another reading of every later program; beyond them the first ones are the upper ones anyway.
    private const int MostDirectories = 3;

    public string? WorkingDirectory
    {
        get;
        set
        {
            field = value;
            PossibleDirectories = [];
        }
    } = workingDirectory;

    /// <summary>See <see cref="Contracts.ActionPlace.PossibleDirectories"/>.</summary>
    public IReadOnlyList<string> PossibleDirectories { get; set; } = [];

    /// <summary>What <c>popd</c> goes back to; null for a directory that is not known.</summary>
    public ImmutableStack<string?> Pushed { get; set; } = [];

    /// <summary><c>$1</c> and following; null when unknown.</summary>
    public Parameters? Positional { get; set; } = positional;

    /// <summary>Where the shell is if a change of directory did not work.</summary>
    public IReadOnlyList<string> OtherDirectories { get; private set; } = [];

    /// <summary><c>set -e</c>: what fails is the last that runs.</summary>
    public bool StopsOnError { get; set; }

    public ShellState Fork() => new(this, WorkingDirectory, Positional) { OtherDirectories = OtherDirectories, PossibleDirectories = PossibleDirectories, Pushed = Pushed, StopsOnError = StopsOnError };

    /// <summary>A program started from here: it sees exported variables, and no functions or aliases.</summary>
    public ShellState Process() => new(this, WorkingDirectory, null, isProcess: true) { OtherDirectories = OtherDirectories, PossibleDirectories = PossibleDirectories };

    /// <summary>Null when the text never assigned it: then the environment may.</summary>
    public Variable? Find(string name)
    {
        var exportedOnly = false;
        for (var state = this; state is not null; state = state.Parent)
        {
            if (state._variables is not null && state._variables.TryGetValue(name, out var variable))
            {
                return exportedOnly && !variable.IsExported ? null : variable;
            }

            if (state._opaque)
            {
                return Variable.Unknown;
            }

            exportedOnly |= state.IsProcess;
        }

        return null;
    }

    private ShellState? Parent => parent;

    private bool IsProcess => isProcess;

    // Where functions and aliases are looked up next: not outside the process.
    private ShellState? Shell => isProcess ? null : parent;

    public void Set(string name, Variable value) => (_variables ??= [])[name] = value;

    /// <summary>The shell may still be in <paramref name="directory"/>.</summary>
    public void DoubtDirectory(string? directory)
    {
        if (!StopsOnError && directory is not null && directory != WorkingDirectory && OtherDirectories.Count < MostDirectories && !OtherDirectories.Contains(directory))
        {
            OtherDirectories = [.. OtherDirectories, directory];
        }
    }

    /// <summary>All changes of directory since <paramref name="before"/> was the answer have worked.</summary>
    public void KnowDirectory(IReadOnlyList<string> before) => OtherDirectories = before;

    public void Define(string name, FunctionBinding function) => (_functions ??= [])[name] = function;

    /// <summary>The function may be gone: what its name then stands for counts as well.</summary>
    public void Doubt(string name)
    {
        if (Function(name) is { } function)
        {
            Define(name, new FunctionBinding(function.Node, function.Frame, certain: false));
        }
    }

    public FunctionBinding? Function(string name)
    {
        for (var state = this; state is not null; state = state.Shell)
        {
            if (state._functions is not null && state._functions.TryGetValue(name, out var function))
            {
                return function;
            }
        }

        return null;
    }

    public void SetAlias(string name, Variable value) => (_aliases ??= [])[name] = value;

    public Variable? Alias(string name)
    {
        for (var state = this; state is not null; state = state.Shell)
        {
            if (state._aliases is not null && state._aliases.TryGetValue(name, out var alias))
            {
                return alias;
            }
        }

        return null;
    }

    /// <summary>Something unknown ran in this shell: every variable may have changed.</summary>
    public void ForgetAll()
    {
        _variables = null;
        _opaque = true;
        Positional = null;
        WorkingDirectory = null;
        Pushed = [];
    }

    /// <summary>Takes over what <paramref name="inner"/>, a fork of this one, did change, but for what it was lent.</summary>
    public void Adopt(ShellState inner, List<Assignment> lent)
    {
        if (inner._opaque)
        {
            ForgetAll();
            return;
        }

        // A command that is lent thousands of variables is asked for each of them.
        var lentNames = lent.Count > 8 ? lent.Select(static assignment => assignment.Name).ToHashSet() : null;
        foreach (var (name, value) in inner._variables ?? [])
        {
            if (lentNames is null ? !lent.Exists(assignment => assignment.Name == name) : !lentNames.Contains(name))
            {
                Set(name, value);
            }
        }

        foreach (var (name, function) in inner._functions ?? [])
        {
            Define(name, function);
        }

        foreach (var (name, alias) in inner._aliases ?? [])
        {
            SetAlias(name, alias);
        }

        WorkingDirectory = inner.WorkingDirectory;
        PossibleDirectories = inner.PossibleDirectories;
        Pushed = inner.Pushed;
        OtherDirectories = inner.OtherDirectories;
        Positional = inner.Positional;
    }

    /// <summary>Takes over what <paramref name="branch"/>, a fork of this one, may have changed.</summary>
    public void Join(ShellState branch, string? workspaceRoot)
    {
        if (branch._opaque)
        {
            ForgetAll();
        }

        foreach (var (name, value) in branch._variables ?? [])
        {
            if (Find(name) is not { } before || !before.Same(value))
            {
                Set(name, (Find(name) is { IsNumber: true } && value.IsNumber ? Variable.Number : Variable.Unknown) with { Origin = value.Origin | (Find(name)?.Origin ?? Origin.None) });
            }
        }

        foreach (var (name, function) in branch._functions ?? [])
        {
            Define(name, new FunctionBinding(function.Node, function.Frame, certain: false));
        }

        foreach (var (name, alias) in branch._aliases ?? [])
        {
            SetAlias(name, alias);
        }

        foreach (var directory in branch.OtherDirectories)
        {
            DoubtDirectory(directory);
        }

        if (WorkingDirectory != branch.WorkingDirectory)
        {
            WorkingDirectory = Directories.Common(WorkingDirectory, branch.WorkingDirectory, workspaceRoot);
        }
        else if (!ReferenceEquals(PossibleDirectories, branch.PossibleDirectories))
        {
            PossibleDirectories = [];
        }

        Pushed = ReferenceEquals(Pushed, branch.Pushed) ? Pushed : [];

        if (!ReferenceEquals(Positional, branch.Positional))
        {
            Positional = null;
        }
    }
}
