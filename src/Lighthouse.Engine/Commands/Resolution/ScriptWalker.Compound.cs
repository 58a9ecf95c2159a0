using System.Runtime.CompilerServices;
using Lighthouse.Contracts;
using Lighthouse.Engine.Commands.Effects;
using Lighthouse.Engine.Commands.Syntax;

namespace Lighthouse.Engine.Commands.Resolution;

internal sealed partial class ScriptWalker
{
    private Outcome Run(CommandNode node, Surroundings around)
    {
        if (!_budget.Step())
        {
            return Outcome.Nothing;
        }

        // Texts, functions and groups that stand in each other: every limit alone lets the product of them through, and the stack with it.
        if (_depth >= Budget.MaxDepth || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            _budget.Fail("commands are nested too deeply");
            return Outcome.Nothing;
        }

        _depth++;
        var outcome = RunNode(node, around);
        _depth--;
        return outcome;
    }

    private Outcome RunNode(CommandNode node, Surroundings around)
    {
        using var shown = Show(node, around.Frame);
        if (node is SimpleNode simple)
        {
            return RunSimple(simple, around);
        }

        if (node.Redirections is not { } redirections)
        {
            return RunCompound(node, around);
        }

        var expansion = new Expansion(around.Frame, around.State, around.Input);
        var redirected = Redirect(redirections, expansion, around, program: null);
        NoteExpansion(expansion, node, around);
        var outcome = RunCompound(node, around with { Input = redirected.Input });
        FeedOutputs(expansion, outcome, around, around.Frame.Map(node.Start, node.Length));
        Keep(outcome, redirected, around.Frame.Map(node.Start, node.Length), around);
        return outcome with { Effects = outcome.Effects | redirected.Effects, Output = redirected.OutputKept ? outcome.Output : "", Shape = null };
    }

    private Outcome RunCompound(CommandNode node, Surroundings around)
    {
        switch (node)
        {
            case GroupNode group:
                return Walk(group.Body, around);
            case SubshellNode subshell:
                return Walk(subshell.Body, around with { State = around.State.Fork() });
            case IfNode branches:
                return RunIf(branches, around);
            case LoopNode loop:
                return RunLoop(loop, around);
            case ForNode loop:
                return RunFor(loop, around);
            case ArithmeticForNode loop:
                Evaluate(loop.Expression, loop, around);
                return RunRepeated(loop.Body, null, around);
            case CaseNode choice:
                return RunCase(choice, around);
            case FunctionNode function:
                Tree?.Mark(function);
                around.State.Define(function.Name, new FunctionBinding(function, around.Frame, certain: true));
                _functions.Add((function, around.Frame, around.State));
                return Outcome.Silent;
            case ConditionNode condition:
                return RunCondition(condition, around);
            case ArithmeticNode arithmetic:
                return Evaluate(arithmetic.Expression, arithmetic, around);
            case CoprocessNode coprocess:
                around.State.Set(coprocess.Name, Variable.Unknown);
                var outcome = Run(coprocess.Body, around with { State = around.State.Fork(), Repeats = true });
                around.State.Set(coprocess.Name, Variable.Unknown with { Origin = outcome.Origin });
                return outcome;
            default:
                return Outcome.Nothing;
        }
    }

    private Outcome RunIf(IfNode node, Surroundings around)
    {
        var outcome = Outcome.Nothing;
        foreach (var branch in node.Branches)
        {
            outcome = outcome.Then(Unchecked(around, static (walker, at) => walker.Walk(at.Condition, at.Around), (branch.Condition, Around: around)));
            outcome = outcome.Then(RunBranch(branch.Body, around));
        }

        return node.Otherwise is { } otherwise ? outcome.Then(RunBranch(otherwise, around)) : outcome;
    }

    private Outcome RunBranch(ScriptNode body, Surroundings around)
    {
        var state = around.State.Fork();
        var outcome = Walk(body, around with { State = state });
        around.State.Join(state, _place.WorkspaceRoot);
        return outcome with { Output = null };
    }

    private Outcome RunLoop(LoopNode node, Surroundings around)
    {
        NoteEndless(node, around);
        return RunRepeated(node.Body, node.Condition, around);
    }

    /// <summary>A body that runs any number of times: whatever it assigns is unknown from its start.</summary>
    private Outcome RunRepeated(ScriptNode body, ScriptNode? condition, Surroundings around)
    {
        AssignedNames.Forget(body, around.State, around.Input.Origin);
        var outcome = Outcome.Nothing;
        if (condition is not null)
        {
            AssignedNames.Forget(condition, around.State, around.Input.Origin);
            outcome = Walk(condition, around);
        }

        return outcome.Then(RunBranch(body, around));
    }

    private Outcome RunFor(ForNode node, Surroundings around)
    {
        var expansion = new Expansion(around.Frame, around.State, around.Input);
        IReadOnlyList<Word>? words = null;
        if (node.Words is { } given)
        {
            var expanded = new List<Word>(given.Count);
            foreach (var word in given)
            {
                _expander.Expand(word, expansion, expanded);
            }

            words = expanded;
        }
        else
        {
            words = around.State.Positional;
        }

        NoteExpansion(expansion, node, around);
        AssignedNames.Forget(node.Body, around.State, around.Input.Origin);
        var outcome = Outcome.Nothing with { Origin = expansion.Origin };
        if (words is { Count: > 0 and <= 16 } && !node.Select && words.All(static word => word.IsKnown) && (words.Count == 1 || _budget.Repeat(words.Count)))
        {
            foreach (var word in words)
            {
                SetNoted(node.Name, Variable.From(word, expansion.Origin), around, word);
                outcome = outcome.Then(RunBranch(node.Body, around));
            }

            around.State.Set(node.Name, Variable.Unknown with { Origin = expansion.Origin });
            return outcome;
        }

        var listed = words is [{ Names: not null } or { Shape: not null }] && words[0] is var only ? Variable.From(only, expansion.Origin) : Variable.Unknown with { Origin = expansion.Origin };
        SetNoted(node.Name, listed, around, new Word(null, "", 0, 0));
        return outcome.Then(RunBranch(node.Body, around));
    }

    private Outcome RunCase(CaseNode node, Surroundings around)
    {
        var expansion = new Expansion(around.Frame, around.State, around.Input);
        _expander.Scan(node.Subject.Parts, expansion);
        var outcome = Outcome.Nothing;
        foreach (var item in node.Items)
        {
            foreach (var pattern in item.Patterns)
            {
                _expander.Scan(pattern.Parts, expansion);
            }

            outcome = outcome.Then(RunBranch(item.Body, around));
        }

        NoteExpansion(expansion, node, around);
        return outcome;
    }

    private void NoteExpansion(Expansion expansion, SyntaxNode node, Surroundings around)
    {
        foreach (var assignment in expansion.Assigned ?? [])
        {
            NoteEnvironment(assignment.Name, assignment.Value, around, expansion.Origin);
        }

        if (expansion.Runs is { } why)
        {
            var (start, length) = around.Frame.Map(node.Start, node.Length);
            Add(new EffectUse(Effect.ExecuteDynamic, Place.Unresolved, null, Risk.High, why, start, length, null));
        }
    }
}
