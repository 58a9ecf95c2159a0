namespace Lighthouse.Engine.Commands.Syntax;

/// <summary>Assignments, their subscripts and arrays.</summary>
internal sealed partial class ShellParser
{
    /// <summary><c>name=value</c>, <c>name+=value</c>, <c>name[i]=value</c>; as an argument of a declaring builtin only arrays.</summary>
    private AssignmentNode? TryAssignment(bool arraysOnly)
    {
        var start = _pos;
        if (!IsNameStart(Peek()))
        {
            return null;
        }

        var at = _pos + 1;
        while (at < _end && IsNamePart(_text[at]))
        {
            at++;
        }

        var name = new Range(start, at);
        WordNode? subscript = null;
        if (at < _end && _text[at] == '[' && !arraysOnly)
        {
            var close = PlainSubscriptEnd(at);
            if (close < 0 || !(CharAt(close + 1) == '=' || (CharAt(close + 1) == '+' && CharAt(close + 2) == '=')))
            {
                return null;
            }

            _pos = at + 1;
            subscript = new WordNode(at + 1, close, ParseParts(Mode.Bounded, close));
            if (!Failed && _pos != close)
            {
                Fail("a subscript is not closed");
            }

            if (Failed)
            {
                return null;
            }

            at = close + 1;
        }

        var append = CharAt(at) == '+';
        at += append ? 1 : 0;
        if (CharAt(at) != '=')
        {
            _pos = start;
            return null;
        }

        at++;
        if (CharAt(at) == '(')
        {
            _pos = at + 1;
            var elements = ParseArray();
            return new AssignmentNode(start, _pos, _text[name], append, new WordNode(start, _pos, [])) { Subscript = subscript, Elements = elements };
        }

        if (arraysOnly)
        {
            return null;
        }

        _pos = at;
        var value = _pos < _end && (!IsMeta(_text[_pos]) || (_text[_pos] is '<' or '>' && Peek(1) == '('))
            ? ParseWord()
            : new WordNode(at, at, []);
        return new AssignmentNode(start, value.End, _text[name], append, value) { Subscript = subscript };
    }

    /// <summary>
    /// Where the subscript that opens here ends. The shell reads it as one piece, blanks and comment signs included, so
    /// one that holds more than names, numbers and expansions is refused: its end could be disputed.
    /// </summary>
    private int PlainSubscriptEnd(int open)
    {
        var level = 0;
        var inner = 0;
        var blank = false;
        for (var at = open; at < _end; at++)
        {
            switch (_text[at])
            {
                case '(':
                    inner++;
                    break;
                case ')':
                    inner--;
                    break;
                case '[':
                    level++;
                    break;
                case ']' when --level == 0:
                    if (blank && CharAt(at + 1) is not ('=' or '+'))
                    {
                        Fail("a blank inside brackets");
                        return -1;
                    }

                    return at;
                case ' ' or '\t' when inner == 0:
                    blank = true;
                    break;
                case '#' when at == open + 1 || _text[at - 1] is ' ' or '\t':
                case '\n' or ';' or '&' or '|' or '<' or '>' or '\'' or '"' or '\\' or '`':
                    Fail("an unusual subscript");
                    return -1;
            }
        }

        Fail("a bracket is not closed");
        return -1;
    }

    private List<WordNode> ParseArray()
    {
        var elements = new List<WordNode>();
        while (!Failed)
        {
            SkipLines();
            if (Peek() == ')' && _pos < _end)
            {
                _pos++;
                return elements;
            }

            if (_pos >= _end || (IsMeta(_text[_pos]) && !(_text[_pos] is '<' or '>' && Peek(1) == '(')))
            {
                Fail("an array is not closed");
                break;
            }

            if (Peek() == '[' && PlainSubscriptEnd(_pos) < 0)
            {
                break;
            }

            elements.Add(ParseWord());
        }

        return elements;
    }
}
