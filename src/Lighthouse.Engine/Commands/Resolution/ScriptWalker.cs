using Lighthouse.Contracts;
using Lighthouse.Engine.Commands.Contracts;
using Lighthouse.Engine.Commands.Effects;
using Lighthouse.Engine.Commands.Syntax;

namespace Lighthouse.Engine.Commands.Resolution;

/// <summary>
/// Walks a script in the order in which a shell would run it, keeps what is known about variables and directories, and
/// collects what every command does. One walker serves one analysis.
/// </summary>
internal sealed partial class ScriptWalker
{
    private readonly IProgramKnowledge _knowledge;
    private readonly IPathPlaces _places;
    private readonly ActionPlace _place;
    private ActionPlace _here;
    private readonly string _source;
    private readonly WordExpander _expander;
    private readonly Budget _budget = new();
    private readonly WrittenFiles _written = new();
    private readonly SymbolicLinks _links = new();
    private readonly List<(FunctionNode Node, Frame Frame, ShellState State)> _functions = [];
    private HashSet<FunctionNode>? _called;
    private readonly List<string> _active = [];
    private readonly OpenDescriptors _descriptors = new();
    private int _nesting;
    private int _depth;

    // The simple command that is being judged, and how many there were.
    private int _command;
    private int _commands;
    private int _substitutions;

    public ScriptWalker(IProgramKnowledge knowledge, IPathPlaces places, ActionPlace place, string source)
    {
        (_knowledge, _places, _place, _here, _source) = (knowledge, places, place, place, source);
        _expander = new WordExpander(_budget, RunSubstitution, KeepOutput, place.Home);
    }

    public List<EffectUse> Uses { get; } = [];
    public List<string> Programs { get; } = [];
    public string? Problem => _budget.Exceeded;

    /// <summary>Where in the source the text stops making sense, when that is the problem.</summary>
    public int? ProblemAt { get; private set; }

    public void WalkText(string text)
    {
        var state = new ShellState(null, _place.WorkingDirectory, null);
        var parsed = ShellParser.Parse(text);
        if (parsed.Root is null)
        {
            _budget.Fail(parsed.Problem!);
            ProblemAt = parsed.ProblemAt;
            return;
        }

        Walk(parsed.Root, new Surroundings(Frame.Original(text), state, default, Repeats: false));
        FinishFunctions();
    }

    /// <summary>Words that are run without a shell between.</summary>
    public void WalkWords(List<Word> words)
    {
        var state = new ShellState(null, _place.WorkingDirectory, null);
        _command = ++_commands;
        Judge(new Call(words, [], [], Origin.None), new Surroundings(Frame.Original(_source), state, default, Repeats: false));
        FinishFunctions();
    }

    // A function nobody called here may still be called later in the same session.
    private void FinishFunctions()
    {
        for (var i = 0; i < _functions.Count; i++)
        {
            var (node, frame, state) = _functions[i];
            if ((_called ??= []).Add(node))
            {
                var fork = state.Fork();
                fork.Positional = null;
                RunBody(node, new Surroundings(frame, fork, default, Repeats: false));
            }
        }
    }

    private Outcome Walk(ScriptNode script, Surroundings around)
    {
        if (script.Items is [{ Background: false } single])
        {
            return _budget.Step() ? Walk(single.Command, around) : Outcome.Silent;
        }

        var outcomes = new OutcomeSequence(Outcome.Silent);
        foreach (var item in script.Items)
        {
            if (!_budget.Step())
            {
                break;
            }

            if (item.Background)
            {
                Walk(item.Command, around with { State = around.State.Fork(), Repeats = true });
                outcomes.Then(Outcome.Nothing);
            }
            else
            {
                outcomes.Then(Walk(item.Command, around));
            }
        }

        return outcomes.Whole();
    }

    private Outcome Walk(AndOrNode node, Surroundings around)
    {
        if (node.Rest is not { } rest)
        {
            return Walk(node.First, around);
        }

        using var shown = Show(ActionKinds.List, node, around.Frame);
        var doubted = around.State.OtherDirectories;
        var outcomes = new OutcomeSequence(Unchecked(around, static (walker, at) => walker.Walk(at.Node, at.Around), (Node: node.First, Around: around)));

        // What follows && runs after what stands before it; what follows || runs after either.
        var branch = around.State.Fork();
        foreach (var link in rest)
        {
            if (link.IsAnd)
            {
                // It only runs where all before it worked.
                branch.KnowDirectory(doubted);
            }
            else
            {
                around.State.Join(branch, _place.WorkspaceRoot);
                branch = around.State.Fork();
            }

            var next = Walk(link.Pipeline, around with { State = branch });
            outcomes.Then(next);
            if (!link.IsAnd)
            {
                outcomes.ForgetOutput();
            }
        }

        around.State.Join(branch, _place.WorkspaceRoot);
        if (rest is [{ IsAnd: false, Pipeline.Commands: [SimpleNode { Words: [{ Bare: "exit" or "return" }, ..] }] }])
        {
            // cd x || exit
            around.State.KnowDirectory(doubted);
        }

        return outcomes.Whole();
    }

    // set -e does not count where the shell looks at the result itself.
    private Outcome Unchecked<T>(Surroundings around, Func<ScriptWalker, T, Outcome> walk, T what)
    {
        var stops = around.State.StopsOnError;
        around.State.StopsOnError = false;
        var outcome = walk(this, what);
        around.State.StopsOnError = stops;
        return outcome;
    }

    private Outcome Walk(PipelineNode node, Surroundings around)
    {
        if (node.Commands is [var only])
        {
            return Run(only, around);
        }

        using var shown = Show(ActionKinds.Pipeline, node, around.Frame);
        var input = around.Input;
        var effects = Effect.None;
        var outcome = Outcome.Nothing;
        foreach (var command in node.Commands)
        {
            outcome = Run(command, around with { State = around.State.Fork(), Input = input, Repeats = true });
            effects |= outcome.Effects;
            var span = outcome.Output is { Length: > 0 } ? outcome.Span : null;
            var (start, length) = span ?? around.Frame.Map(command.Start, command.Length);
            input = new Input(true, outcome.Origin, InputText.Of(outcome.Output), start, length) { Listing = outcome.Listing, Shape = outcome.Shape, HandedOn = span is not null };
        }

        return outcome with { Effects = effects };
    }

    private void Add(EffectUse use)
    {
        use.Command = use.Command == 0 ? _command : use.Command;
        Tree?.Note(use);
        Uses.Add(use);
    }
}
