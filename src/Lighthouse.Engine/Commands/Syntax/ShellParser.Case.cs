namespace Lighthouse.Engine.Commands.Syntax;

internal sealed partial class ShellParser
{
    private CaseNode ParseCase(int start)
    {
        _pos += 4;
        SkipBlanks();
        var subject = ParseRequiredWord("'case' has no word");
        SkipLines();
        Expect("in");
        var items = new List<CaseItem>();
        SkipLines();
        while (!Failed && PeekReserved() != "esac")
        {
            items.Add(ParseCaseItem());
            SkipLines();
            if (PeekReserved() == "esac")
            {
                break;
            }

            if (At(";;&"))
            {
                _pos += 3;
            }
            else if (At(";;") || At(";&"))
            {
                _pos += 2;
            }
            else
            {
                Fail(_pos < _end ? $"unexpected '{Excerpt()}'" : "'case' is not closed");
            }

            SkipLines();
        }

        Expect("esac");
        return new CaseNode(start, _pos, subject, items) { Redirections = ParseRedirections() };
    }

    private CaseItem ParseCaseItem()
    {
        if (Peek() == '(')
        {
            _pos++;
        }

        var patterns = new List<WordNode>(1);
        do
        {
            SkipBlanks();
            patterns.Add(ParseRequiredWord("a pattern is missing"));
            SkipBlanks();
        }
        while (!Failed && Peek() == '|' && _pos++ >= 0);

        Expect(')');
        return new CaseItem(patterns, ParseList());
    }

    private WordNode ParseRequiredWord(string problem)
    {
        if (_pos >= _end || (IsMeta(_text[_pos]) && !(_text[_pos] is '<' or '>' && Peek(1) == '(')))
        {
            Fail(problem);
            return new WordNode(_pos, _pos, []);
        }

        return ParseWord();
    }

    private FunctionNode ParseFunctionKeyword(int start)
    {
        _pos += 8;
        SkipBlanks();
        var name = ParseRequiredWord("'function' has no name");
        SkipBlanks();
        if (Peek() == '(' && Peek(1) == ')')
        {
            _pos += 2;
        }

        return ParseFunctionBody(start, name);
    }

    private CommandNode ParseFunctionTail(int start, WordNode name)
    {
        _pos++;
        SkipBlanks();
        Expect(')');
        if (Failed || !Enter())
        {
            return new SimpleNode(start, start, null, []);
        }

        var function = ParseFunctionBody(start, name);
        Leave();
        return function;
    }

    private FunctionNode ParseFunctionBody(int start, WordNode name)
    {
        SkipLines();
        CommandNode? body = null;
        if (name.Bare is null)
        {
            Fail("a function's name is not plain");
        }
        else if (_pos < _end)
        {
            body = Peek() is '(' or '{' or '[' || char.IsAsciiLetterLower(Peek()) ? ParseCompound(Peek()) : null;
        }

        if (body is null or FunctionNode or CoprocessNode)
        {
            Fail("a function has no body");
        }

        return new FunctionNode(start, _pos, name.Bare ?? "", body ?? new SimpleNode(start, start, null, []));
    }

    private CoprocessNode ParseCoprocess(int start)
    {
        _pos += 6;
        SkipBlanks();
        var name = "COPROC";
        var nameEnd = _pos;
        while (nameEnd < _end && IsNamePart(_text[nameEnd]))
        {
            nameEnd++;
        }

        // A name only counts as one in front of a compound command.
        if (IsName(_text.AsSpan(_pos, nameEnd - _pos)) && CharAt(nameEnd) is ' ' or '\t' && PeekReserved() is null)
        {
            var saved = _pos;
            _pos = nameEnd;
            SkipBlanks();
            if (Peek() == '(' || PeekReserved() is "{" or "if" or "while" or "until" or "for" or "select" or "case" or "[[")
            {
                name = _text[saved..nameEnd];
            }
            else
            {
                _pos = saved;
            }
        }

        var body = ParseCommand();
        return new CoprocessNode(start, body.End, name, body);
    }
}
