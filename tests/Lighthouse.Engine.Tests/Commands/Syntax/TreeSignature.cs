using System.Text;
using Lighthouse.Engine.Commands.Syntax;

namespace Lighthouse.Engine.Tests.Commands.Syntax;

/// <summary>Commands, arguments after quote removal, and redirections, one line each, in a form that two parsers can be compared by.</summary>
internal sealed class TreeSignature
{
    private readonly List<string> _lines = [];

    public static string Of(ScriptNode root)
    {
        var signature = new TreeSignature();
        signature.Script(root);
        return string.Join('\n', signature._lines);
    }

    private void Script(ScriptNode script)
    {
        foreach (var item in script.Items)
        {
            Pipeline(item.Command.First);
            foreach (var link in item.Command.Rest ?? [])
            {
                _lines.Add(link.IsAnd ? "&&" : "||");
                Pipeline(link.Pipeline);
            }

            if (item.Background)
            {
                _lines.Add("&");
            }
        }
    }

    private void Pipeline(PipelineNode pipeline)
    {
        for (var i = 0; i < pipeline.Commands.Count; i++)
        {
            if (i > 0)
            {
                _lines.Add("|");
            }

            Command(pipeline.Commands[i]);
        }
    }

    private void Command(CommandNode node)
    {
        _lines.Add(Header(node));
        foreach (var redirection in node.Redirections ?? [])
        {
            _lines.Add($"redirect {redirection.Descriptor}{(redirection.DescriptorName is { } name ? "{" + name + "}" : "")}{redirection.Operator} {Text(redirection.Target.Parts)}");
        }

        Children(node);
        foreach (var redirection in node.Redirections ?? [])
        {
            Nested(redirection.Target.Parts);
            Nested(redirection.Document?.Parts ?? []);
        }
    }

    private static string Header(CommandNode node) => node switch
    {
        SimpleNode simple => "run " + string.Join('|', (simple.Assignments ?? []).Select(Assignment).Concat(Words(simple))),
        SubshellNode => "(",
        GroupNode => "{",
        IfNode => "if",
        LoopNode loop => loop.Until ? "until" : "while",
        ForNode loop => $"for {loop.Name} {string.Join('|', (loop.Words ?? []).Select(word => Text(word.Parts)))}",
        ArithmeticForNode => "for ((",
        CaseNode choice => $"case {Text(choice.Subject.Parts)} {string.Join('|', choice.Items.SelectMany(item => item.Patterns).Select(pattern => Text(pattern.Parts)))}",
        FunctionNode function => "function " + function.Name,
        ConditionNode => "[[",
        ArithmeticNode => "((",
        CoprocessNode => "coproc",
        _ => "?",
    };

    private static IEnumerable<string> Words(SimpleNode simple)
    {
        var arrays = 0;
        return simple.Words.Select(word => word.Parts.Count == 0 && simple.ArrayArguments is { } list && arrays < list.Count ? Assignment(list[arrays++]) : Text(word.Parts));
    }

    private static string Assignment(AssignmentNode node) =>
        $"{node.Name}{(node.Subscript is null ? "" : "[]")}{(node.Append ? "+=" : "=")}{(node.Elements is { } list ? "(" + string.Join('|', list.Select(word => Text(word.Parts))) + ")" : Text(node.Value.Parts))}";

    private void Children(CommandNode node)
    {
        switch (node)
        {
            case SimpleNode simple:
                foreach (var assignment in (simple.Assignments ?? []).Concat(simple.ArrayArguments ?? []))
                {
                    Nested(assignment.Subscript?.Parts ?? []);
                    (assignment.Elements ?? [assignment.Value]).ForEach(word => Nested(word.Parts));
                }

                simple.Words.ForEach(word => Nested(word.Parts));
                break;
            case SubshellNode subshell:
                Script(subshell.Body);
                break;
            case GroupNode group:
                Script(group.Body);
                break;
            case IfNode branches:
                branches.Branches.ForEach(branch =>
                {
                    Script(branch.Condition);
                    Script(branch.Body);
                });
                if (branches.Otherwise is { } otherwise)
                {
                    Script(otherwise);
                }

                break;
            case LoopNode loop:
                Script(loop.Condition);
                Script(loop.Body);
                break;
            case ForNode loop:
                (loop.Words ?? []).ForEach(word => Nested(word.Parts));
                Script(loop.Body);
                break;
            case ArithmeticForNode loop:
                Nested(loop.Expression.Parts);
                Script(loop.Body);
                break;
            case CaseNode choice:
                Nested(choice.Subject.Parts);
                choice.Items.ForEach(item =>
                {
                    item.Patterns.ForEach(pattern => Nested(pattern.Parts));
                    Script(item.Body);
                });
                break;
            case FunctionNode function:
                Command(function.Body);
                break;
            case ConditionNode condition:
                condition.Words.ForEach(word => Nested(word.Parts));
                break;
            case ArithmeticNode arithmetic:
                Nested(arithmetic.Expression.Parts);
                break;
            case CoprocessNode coprocess:
                Command(coprocess.Body);
                break;
        }
    }

    private void Nested(List<WordPart> parts)
    {
        foreach (var part in parts)
        {
            switch (part)
            {
                case CommandPart command:
                    Script(command.Body);
                    break;
                case ProcessPart process:
                    Script(process.Body);
                    break;
                case DoubleQuotedPart quoted:
                    Nested(quoted.Parts);
                    break;
                case ArithmeticPart arithmetic:
                    Nested(arithmetic.Parts);
                    break;
                case ParameterPart parameter:
                    Nested(parameter.Subscript?.Parts ?? []);
                    Nested(parameter.Argument?.Parts ?? []);
                    Nested(parameter.SecondArgument?.Parts ?? []);
                    break;
            }
        }
    }

    private static string Text(List<WordPart> parts)
    {
        var text = new StringBuilder();
        foreach (var part in parts)
        {
            text.Append(part switch
            {
                LiteralPart literal => literal.Text,
                QuotedPart quoted => quoted.Text,
                DoubleQuotedPart quoted => Text(quoted.Parts),
                ParameterPart parameter => "${" + parameter.Name + "}",
                CommandPart => "$()",
                ProcessPart process => process.Input ? "<()" : ">()",
                ArithmeticPart => "$(())",
                ExtendedGlobPart glob => glob.Kind + "()",
                _ => "",
            });
        }

        return text.ToString();
    }
}
