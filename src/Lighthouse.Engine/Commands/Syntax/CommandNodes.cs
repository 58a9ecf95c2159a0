namespace Lighthouse.Engine.Commands.Syntax;

internal sealed class ScriptNode(int start, int end, List<ListItem> items) : SyntaxNode(start, end)
{
    public List<ListItem> Items => items;
}

internal readonly record struct ListItem(AndOrNode Command, bool Background);

internal sealed class AndOrNode(int start, int end, PipelineNode first, List<AndOrLink>? rest) : SyntaxNode(start, end)
{
    public PipelineNode First => first;
    public List<AndOrLink>? Rest => rest;
}

internal readonly record struct AndOrLink(bool IsAnd, PipelineNode Pipeline);

internal sealed class PipelineNode(int start, int end, List<CommandNode> commands, bool negated) : SyntaxNode(start, end)
{
    public List<CommandNode> Commands => commands;
    public bool Negated => negated;
}

internal abstract class CommandNode(int start, int end) : SyntaxNode(start, end)
{
    public List<RedirectionNode>? Redirections { get; init; }
}

internal sealed class SimpleNode(int start, int end, List<AssignmentNode>? assignments, List<WordNode> words) : CommandNode(start, end)
{
    public List<AssignmentNode>? Assignments => assignments;
    public List<WordNode> Words => words;

    /// <summary>Assignments among the arguments of a declaring builtin: <c>declare -a x=(1 2)</c>. They also stand among the words.</summary>
    public List<AssignmentNode>? ArrayArguments { get; init; }
}

internal sealed class SubshellNode(int start, int end, ScriptNode body) : CommandNode(start, end)
{
    public ScriptNode Body => body;
}

internal sealed class GroupNode(int start, int end, ScriptNode body) : CommandNode(start, end)
{
    public ScriptNode Body => body;
}

internal sealed class IfNode(int start, int end, List<IfBranch> branches, ScriptNode? otherwise) : CommandNode(start, end)
{
    public List<IfBranch> Branches => branches;
    public ScriptNode? Otherwise => otherwise;
}

internal readonly record struct IfBranch(ScriptNode Condition, ScriptNode Body);

internal sealed class LoopNode(int start, int end, bool until, ScriptNode condition, ScriptNode body) : CommandNode(start, end)
{
    public bool Until => until;
    public ScriptNode Condition => condition;
    public ScriptNode Body => body;
}

/// <summary><c>for</c> or <c>select</c>. <see cref="Words"/> is null where it walks over the positional parameters.</summary>
internal sealed class ForNode(int start, int end, bool select, string name, List<WordNode>? words, ScriptNode body) : CommandNode(start, end)
{
    public bool Select => select;
    public string Name => name;
    public List<WordNode>? Words => words;
    public ScriptNode Body => body;
}

internal sealed class ArithmeticForNode(int start, int end, WordNode expression, ScriptNode body) : CommandNode(start, end)
{
    public WordNode Expression => expression;
    public ScriptNode Body => body;
}

internal sealed class CaseNode(int start, int end, WordNode subject, List<CaseItem> items) : CommandNode(start, end)
{
    public WordNode Subject => subject;
    public List<CaseItem> Items => items;
}

internal readonly record struct CaseItem(List<WordNode> Patterns, ScriptNode Body);

internal sealed class FunctionNode(int start, int end, string name, CommandNode body) : CommandNode(start, end)
{
    public string Name => name;
    public CommandNode Body => body;
}

/// <summary><c>[[ … ]]</c>: the words of the condition in order, operators included.</summary>
internal sealed class ConditionNode(int start, int end, List<WordNode> words) : CommandNode(start, end)
{
    public List<WordNode> Words => words;
}

internal sealed class ArithmeticNode(int start, int end, WordNode expression) : CommandNode(start, end)
{
    public WordNode Expression => expression;
}

internal sealed class CoprocessNode(int start, int end, string name, CommandNode body) : CommandNode(start, end)
{
    public string Name => name;
    public CommandNode Body => body;
}
