namespace Lighthouse.Engine.Commands.Syntax;

internal sealed partial class ShellParser
{
    /// <summary>A compound command when one starts here, with its redirections; null when a simple command does.</summary>
    private CommandNode? ParseCompound(char first)
    {
        var start = _pos;
        if (first == '(')
        {
            if (Peek(1) == '(' && ArithmeticEnd(_pos + 2) is var close && !Failed && close >= 0)
            {
                return ParseArithmeticCommand(start, close);
            }

            return Failed ? new SimpleNode(start, start, null, []) : Nested(start, 1, ')', (end, body, redirections) => new SubshellNode(start, end, body) { Redirections = redirections });
        }

        var reserved = PeekReserved();
        switch (reserved)
        {
            case null or "time":
                return null;
            case "{":
                return ParseGroup(start);
            case "[[":
                return ParseCondition(start);
        }

        if (!Enter())
        {
            return new SimpleNode(start, start, null, []);
        }

        CommandNode? node = null;
        switch (reserved)
        {
            case "if":
                node = ParseIf(start);
                break;
            case "while" or "until":
                node = ParseWhile(start, reserved);
                break;
            case "for" or "select":
                node = ParseFor(start, reserved);
                break;
            case "case":
                node = ParseCase(start);
                break;
            case "function":
                node = ParseFunctionKeyword(start);
                break;
            case "coproc":
                node = ParseCoprocess(start);
                break;
            default:
                Fail($"unexpected '{reserved}'");
                break;
        }

        Leave();
        return node ?? new SimpleNode(start, _pos, null, []);
    }

    private CommandNode Nested(int start, int openLength, char close, Func<int, ScriptNode, List<RedirectionNode>?, CommandNode> make)
    {
        _pos += openLength;
        if (!Enter())
        {
            return new SimpleNode(start, start, null, []);
        }

        var body = ParseBody();
        SkipBlanks();
        Expect(close);
        Leave();
        return make(_pos, body, ParseRedirections());
    }

    private GroupNode ParseGroup(int start)
    {
        _pos++;
        var body = new ScriptNode(start, start, []);
        if (Enter())
        {
            body = ParseBody();
            Expect("}");
            Leave();
        }

        return new GroupNode(start, _pos, body) { Redirections = ParseRedirections() };
    }

    /// <summary>A list with at least one command.</summary>
    private ScriptNode ParseBody()
    {
        var body = ParseList();
        if (!Failed && body.Items.Count == 0)
        {
            Fail(_pos < _end ? $"a command is missing before '{Excerpt()}'" : "a command is missing at the end");
        }

        return body;
    }

    private List<RedirectionNode>? ParseRedirections()
    {
        List<RedirectionNode>? redirections = null;
        while (!Failed)
        {
            SkipBlanks();
            if (_pos >= _end || TryRedirection() is not { } redirection)
            {
                break;
            }

            (redirections ??= []).Add(redirection);
        }

        return redirections;
    }

    private IfNode ParseIf(int start)
    {
        _pos += 2;
        var branches = new List<IfBranch>(1);
        ScriptNode? otherwise = null;
        do
        {
            var condition = ParseBody();
            Expect("then");
            branches.Add(new IfBranch(condition, ParseBody()));
        }
        while (!Failed && TakeReserved("elif"));

        if (!Failed && TakeReserved("else"))
        {
            otherwise = ParseBody();
        }

        Expect("fi");
        return new IfNode(start, _pos, branches, otherwise) { Redirections = ParseRedirections() };
    }
}
