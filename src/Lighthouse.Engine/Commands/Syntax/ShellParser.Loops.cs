namespace Lighthouse.Engine.Commands.Syntax;

/// <summary>Loops of every kind.</summary>
internal sealed partial class ShellParser
{
    private LoopNode ParseWhile(int start, string keyword)
    {
        _pos += 5;
        var condition = ParseBody();
        Expect("do");
        var body = ParseBody();
        Expect("done");
        return new LoopNode(start, _pos, keyword == "until", condition, body) { Redirections = ParseRedirections() };
    }

    private CommandNode ParseFor(int start, string keyword)
    {
        _pos += keyword.Length;
        SkipBlanks();
        if (keyword == "for" && At("(("))
        {
            return ParseArithmeticFor(start);
        }

        var nameStart = _pos;
        while (_pos < _end && IsNamePart(_text[_pos]))
        {
            _pos++;
        }

        var name = _text[nameStart.._pos];
        if (!IsName(name) || (_pos < _end && !IsMeta(_text[_pos])))
        {
            Fail($"'{keyword}' needs a variable name");
        }

        List<WordNode>? words = null;
        SkipBlanks();
        if (Peek() == ';')
        {
            _pos++;
            SkipLines();
        }
        else
        {
            SkipLines();
            if (TakeReserved("in"))
            {
                words = ParseWords();
                if (Peek() == ';')
                {
                    _pos++;
                }
                else if (Peek() != '\n')
                {
                    Fail("the list of a loop is not ended");
                }

                SkipLines();
            }
        }

        var body = ParseLoopBody();
        return new ForNode(start, _pos, keyword == "select", name, words, body) { Redirections = ParseRedirections() };
    }

    private List<WordNode> ParseWords()
    {
        var words = new List<WordNode>();
        while (!Failed)
        {
            SkipBlanks();
            if (_pos >= _end || (IsMeta(_text[_pos]) && !(_text[_pos] is '<' or '>' && Peek(1) == '(')))
            {
                break;
            }

            words.Add(ParseWord());
        }

        return words;
    }

    private ScriptNode ParseLoopBody()
    {
        if (!Failed && PeekReserved() == "{")
        {
            _pos++;
            var group = ParseBody();
            Expect("}");
            return group;
        }

        Expect("do");
        var body = ParseBody();
        Expect("done");
        return body;
    }

    private ArithmeticForNode ParseArithmeticFor(int start)
    {
        _pos += 2;
        var close = ArithmeticEnd(_pos);
        if (close < 0)
        {
            Fail("the head of a loop is not closed");
        }

        else if (_text.AsSpan(_pos, close - _pos).Count(';') != 2)
        {
            Fail("the head of a loop has not three parts");
        }

        var expression = ArithmeticWord(close);
        SkipBlanks();
        if (Peek() == ';')
        {
            _pos++;
        }

        SkipLines();
        var body = ParseLoopBody();
        return new ArithmeticForNode(start, _pos, expression, body) { Redirections = ParseRedirections() };
    }
}
