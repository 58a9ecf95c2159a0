using Lighthouse.Engine.Commands.Syntax;

namespace Lighthouse.Engine.Commands.Resolution;

/// <summary>Tests and arithmetic: they only matter for what their expansions do.</summary>
internal sealed partial class ScriptWalker
{
    private Outcome RunCondition(ConditionNode node, Surroundings around)
    {
        var expansion = new Expansion(around.Frame, around.State, around.Input);
        var arithmetic = node.Words.Exists(word => word.Bare is "-eq" or "-ne" or "-lt" or "-le" or "-gt" or "-ge" or "-v");
        foreach (var word in node.Words)
        {
            if (arithmetic)
            {
                _expander.RunArithmetic(word.Parts, expansion);
            }
            else
            {
                _expander.Scan(word.Parts, expansion);
            }
        }

        return Computed(expansion, node, around);
    }

    private Outcome Evaluate(WordNode expression, SyntaxNode node, Surroundings around)
    {
        var expansion = new Expansion(around.Frame, around.State, around.Input);
        _expander.RunArithmetic(expression.Parts, expansion);
        return Computed(expansion, node, around);
    }

    private Outcome Computed(Expansion expansion, SyntaxNode node, Surroundings around)
    {
        NoteExpansion(expansion, node, around);
        var (start, length) = around.Frame.Map(node.Start, node.Length);
        Harmless(start, length, null, "only compares or computes");
        return Outcome.Silent with { Origin = expansion.Origin };
    }
}
