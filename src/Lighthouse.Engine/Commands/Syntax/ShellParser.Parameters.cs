namespace Lighthouse.Engine.Commands.Syntax;

internal sealed partial class ShellParser
{
    private ParameterPart? ParseBraces(int start, Mode mode)
    {
        _pos += 2;
        if (!Enter())
        {
            return null;
        }

        var part = ParseParameter(start, mode is Mode.DoubleQuoted or Mode.Document or Mode.QuotedArgument);
        Expect('}');
        Leave();
        return part is null ? null : new ParameterPart(start, _pos, part.Name)
        {
            Indirect = part.Indirect,
            LengthOf = part.LengthOf,
            Subscript = part.Subscript,
            Operator = part.Operator,
            Argument = part.Argument,
            SecondArgument = part.SecondArgument,
        };
    }

    private ParameterPart? ParseParameter(int start, bool quoted)
    {
        var lengthOf = false;
        var indirect = false;
        if (Peek() == '#' && (IsNamePart(Peek(1)) || (Peek(1) is '@' or '*' or '#' or '?' or '-' or '$' or '!' && Peek(2) == '}')))
        {
            lengthOf = true;
            _pos++;
        }
        else if (Peek() == '!' && (IsNamePart(Peek(1)) || Peek(1) is '@' or '*' or '#' or '?' or '-'))
        {
            indirect = true;
            _pos++;
        }

        var name = TakeParameterName();
        if (name is null)
        {
            return null;
        }

        WordNode? subscript = null;
        if (Peek() == '[' && IsNameStart(name[0]))
        {
            subscript = ParseSubscript();
            if (Failed)
            {
                return null;
            }
        }

        if (indirect && Peek() is '*' or '@' && Peek(1) == '}')
        {
            _pos++;
            return new ParameterPart(start, _pos, name) { Indirect = true, Operator = "*" };
        }

        var op = TakeParameterOperator();
        if (Failed)
        {
            return null;
        }

        WordNode? argument = null;
        WordNode? second = null;
        if (op.Length > 0)
        {
            // Patterns have their own quoting also inside double quotes; the words after :- and its kind do not.
            var word = quoted && op is ":-" or "-" or ":=" or "=" or ":?" or "?" or ":+" or "+" && quoted;
            argument = ParseArgument(op is "/" or "//" or "/#" or "/%" ? Mode.Pattern : word ? Mode.QuotedArgument : Mode.Argument);
            if (op[0] == '/' && Peek() == '/')
            {
                _pos++;
                second = ParseArgument(quoted ? Mode.QuotedArgument : Mode.Argument);
            }
        }

        return new ParameterPart(start, _pos, name)
        {
            Indirect = indirect,
            LengthOf = lengthOf,
            Subscript = subscript,
            Operator = op,
            Argument = argument,
            SecondArgument = second,
        };
    }

    private WordNode ParseArgument(Mode mode)
    {
        var start = _pos;
        return new WordNode(start, _pos, ParseParts(mode, _end));
    }

    private string? TakeParameterName()
    {
        var start = _pos;
        var c = Peek();
        if (IsNameStart(c))
        {
            while (_pos < _end && IsNamePart(_text[_pos]))
            {
                _pos++;
            }
        }
        else if (char.IsAsciiDigit(c))
        {
            while (_pos < _end && char.IsAsciiDigit(_text[_pos]))
            {
                _pos++;
            }
        }
        else if (c is '@' or '*' or '#' or '?' or '-' or '$' or '!')
        {
            _pos++;
        }
        else
        {
            Fail($"'${{{Excerpt()}' is not an expansion that is understood");
            return null;
        }

        return _text[start.._pos];
    }

    private WordNode? ParseSubscript()
    {
        var open = _pos;
        var level = 0;
        for (var at = open; at < _end; at++)
        {
            switch (_text[at])
            {
                case '[':
                    level++;
                    break;
                case '\\':
                    at++;
                    break;
                case '}' when level <= 1 && _text.AsSpan(open, at - open).IndexOf('{') < 0:
                    at = _end;
                    break;
                case ']' when --level == 0:
                    _pos = open + 1;
                    var parts = ParseParts(Mode.Bounded, at);
                    if (_pos != at)
                    {
                        Fail("a subscript is not closed");
                    }

                    _pos = Math.Min(at + 1, _end);
                    return new WordNode(open + 1, at, parts);
            }
        }

        Fail("a subscript is not closed");
        return null;
    }

    private string TakeParameterOperator()
    {
        var start = _pos;
        switch (Peek())
        {
            case '}':
                return "";
            case ':':
                _pos += Peek(1) is '-' or '=' or '?' or '+' ? 2 : 1;
                break;
            case '-' or '=' or '?' or '+' or '@':
                _pos++;
                break;
            case '#' or '%' or '^' or ',':
                _pos += Peek(1) == Peek() ? 2 : 1;
                break;
            case '/':
                _pos += Peek(1) is '/' or '#' or '%' ? 2 : 1;
                break;
            default:
                Fail(_pos < _end ? $"'{Excerpt()}' is not an operator of an expansion" : "an expansion is not closed");
                break;
        }

        return _text[start..Math.Min(_pos, _text.Length)];
    }
}
