using System.Collections.Frozen;
using Lighthouse.Contracts;
using Lighthouse.Engine.Commands.Effects;
using Lighthouse.Engine.Commands.Syntax;

namespace Lighthouse.Engine.Commands.Resolution;

/// <summary>Words about to be run, with their surroundings on the command line.</summary>
/// <param name="Origin">Where the text of substitutions and variables among the words came from.</param>
internal sealed record Call(List<Word> Words, List<Assignment> Assignments, List<Redirection> Redirections, Origin Origin)
{
    public bool WithoutFunctions { get; init; }
    public bool OpensNetwork { get; init; }
    public int Start { get; init; } = Words.Count > 0 ? Words[0].Start : 0;
    public int Length { get; init; } = Words.Count > 0 ? Math.Max(0, Words[^1].Start + Words[^1].Length - Words[0].Start) : 0;
}

internal sealed partial class ScriptWalker
{
    private static readonly List<Assignment> _noAssignments = [];
    private static readonly List<Word> _noWords = [];

    // Tables by name, and lists of functions or directories, through which bash and zsh let one change what a name runs.
    private static readonly FrozenSet<string> _tables = new[]
    {
        "BASH_ALIASES", "BASH_CMDS", "functions", "dis_functions", "aliases", "galiases", "saliases", "dis_aliases", "commands", "builtins", "options",
    }.ToFrozenSet();

    private static bool ChangesCommands(AssignmentNode node) =>
        (node.Subscript is { } key && _tables.Contains(node.Name) && !int.TryParse(key.Bare, out _))
        || (node.Elements is { Count: > 0 } && (node.Name is "path" or "fpath" or "module_path" || node.Name.EndsWith("_functions", StringComparison.Ordinal)));

    private Outcome RunSimple(SimpleNode node, Surroundings around)
    {
        var outer = _command;
        _command = ++_commands;
        var outcome = node.Words is [{ Bare: "eval" }, _, ..] ? RunEval(node, around) : RunTwice(node, around);
        _command = outer;
        return outcome;
    }

    private Outcome RunTwice(SimpleNode node, Surroundings around)
    {
        var expansion = new Expansion(around.Frame, around.State, around.Input);
        var input = around.Input.Again();
        var outcome = RunSimple(node, around, expansion);
        return expansion.MetDefault && _budget.Repeat(1) ? outcome.Then(RunWithDefaults(node, around with { Input = input })) with { Output = null } : outcome;
    }

    // What cannot be read makes all after it unknown; the reading with the defaults must not start from there.
    private Outcome RunEval(SimpleNode node, Surroundings around)
    {
        var state = around.State.Fork();
        var expansion = new Expansion(around.Frame, state, around.Input);
        var input = around.Input.Again();
        var outcome = RunSimple(node, around with { State = state }, expansion);
        if (expansion.MetDefault && _budget.Repeat(1))
        {
            outcome = outcome.Then(RunWithDefaults(node, around with { State = around.State.Fork(), Input = input })) with { Output = null };
        }

        around.State.Adopt(state, _noAssignments);
        around.State.StopsOnError = state.StopsOnError;
        return outcome;
    }

    // Again with the defaults of ${x:-default}: either may be what runs.
    private Outcome RunWithDefaults(SimpleNode node, Surroundings around)
    {
        _command = ++_commands;
        return RunSimple(node, around, new Expansion(around.Frame, around.State, around.Input) { PreferDefaults = true });
    }

    private Outcome RunSimple(SimpleNode node, Surroundings around, Expansion expansion)
    {
        var words = new List<Word>(node.Words.Count);
        foreach (var word in node.Words)
        {
            _expander.Expand(word, expansion, words);
        }

        if (node.ArrayArguments is { } arrays)
        {
            foreach (var array in arrays)
            {
                Assign(array, expansion, around.State);
            }
        }

        var span = around.Frame.Map(node.Start, node.Length);
        if (words.Count == 0)
        {
            return RunAssignments(node, around, expansion, span);
        }

        ShowWords(words, around.Frame.IsPlaced);
        for (var i = 0; _links.Any && i < words.Count; i++)
        {
            words[i] = _links.Follow(around.State.WorkingDirectory, words[i]);
        }

        var inner = around;
        var assignments = _noAssignments;
        if (node.Assignments is { } given)
        {
            inner = around with { State = around.State.Fork() };
            assignments = new List<Assignment>(given.Count);
            foreach (var assignment in given)
            {
                var word = Assign(assignment, expansion, inner.State, exported: true);
                assignments.Add(new Assignment(assignment.Name, Placed(word, around.Frame.Map(assignment.Start, assignment.Length))));
            }
        }

        var redirected = node.Redirections is null ? null : Redirect(node.Redirections, expansion, around, words[0].Text);
        NoteExpansion(expansion, node, around);
        var call = new Call(words, assignments, redirected?.List ?? _none.List, expansion.Origin)
        {
            Start = span.Start,
            Length = span.Length,
            OpensNetwork = redirected?.ToNetwork == true,
        };
        var outcome = Judge(call, inner with { Input = redirected?.Input ?? around.Input });
        FeedOutputs(expansion, outcome, around, span);
        if (!ReferenceEquals(inner.State, around.State))
        {
            around.State.Adopt(inner.State, assignments);
        }

        if (redirected is null)
        {
            return outcome;
        }

        Keep(outcome, redirected, span, around);
        return outcome with { Effects = outcome.Effects | redirected.Effects, Output = redirected.OutputKept ? outcome.Output : "", Shape = OnlyErrorsLeave(node.Redirections!) ? outcome.Shape : null };
    }

    // What is said on errors has no shape: 2>&1 mixes it in.
    private static bool OnlyErrorsLeave(List<RedirectionNode> nodes) => nodes.TrueForAll(static node => node.Operator is "<" || node is { Descriptor: 2, Operator: ">" or ">>" });

    // An empty value has no place of its own.
    private static Word Placed(Word value, (int Start, int Length) assignment) =>
        value.Length > 0 ? value : value with { Start = assignment.Start, Length = assignment.Length };

    private Outcome RunAssignments(SimpleNode node, Surroundings around, Expansion expansion, (int Start, int Length) span)
    {
        foreach (var assignment in node.Assignments ?? [])
        {
            var word = Assign(assignment, expansion, around.State);
            NoteEnvironment(assignment.Name, Placed(word, around.Frame.Map(assignment.Start, assignment.Length)), around, expansion.Origin);
            if (ChangesCommands(assignment))
            {
                expansion.Runs ??= $"changes what commands mean, through {assignment.Name}";
            }
        }

        var outcome = Outcome.Silent with { Origin = expansion.Origin };
        if (node.Redirections is { } redirections)
        {
            var redirected = Redirect(redirections, expansion, around, program: null);

            // $(< file) is what the file holds.
            outcome = redirected.Input.Equals(around.Input)
                ? outcome with { Effects = redirected.Effects }
                : new Outcome(redirected.Effects, outcome.Origin | redirected.Input.Origin, redirected.Input.Text);
            Keep(outcome, redirected, span, around);
        }

        NoteExpansion(expansion, node, around);
        if (node.Assignments is not null)
        {
            Harmless(span.Start, span.Length, null, "sets variables of the shell");
        }

        return outcome;
    }

    private Word Assign(AssignmentNode node, Expansion expansion, ShellState state, bool exported = false)
    {
        var outer = expansion.Origin;
        expansion.Origin = Origin.None;
        Word word;
        if (node.Subscript is { } subscript)
        {
            _expander.RunArithmetic(subscript.Parts, expansion);
        }

        if (node.Elements is { } elements)
        {
            var list = new List<Word>();
            foreach (var element in elements)
            {
                _expander.Expand(element, expansion, list);
            }

            word = list.Count > 0 ? list[0] : new Word("", "", 0, 0);
            var known = !node.Append && node.Subscript is null;
            state.Set(node.Name, known ? Variable.From(word, expansion.Origin) with { Elements = list } : Variable.Unknown with { Origin = expansion.Origin });
        }
        else
        {
            word = _expander.ExpandOne(node.Value, expansion);
            var before = state.Find(node.Name);
            var value = Variable.From(word, expansion.Origin) with { IsExported = exported || before?.IsExported == true };
            if (node.Subscript is not null)
            {
                value = Variable.Unknown with { Origin = expansion.Origin | (before?.Origin ?? Origin.None) };
            }
            else if (node.Append)
            {
                var appended = before is { Elements: null, KnownLength: { } length } && word.Text is { } more && length + more.Length <= Budget.MaxText ? before.Append(more) : Variable.Unknown;
                value = appended with { Origin = value.Origin | (before?.Origin ?? Origin.None), IsExported = value.IsExported, HasGlob = value.HasGlob, Names = value.Names };
                if (exported || _knowledge.Heeds(node.Name))
                {
                    word = word with { Text = value.Text };
                }
            }

            state.Set(node.Name, value);
        }

        expansion.Origin |= outer;
        return word;
    }
}
