namespace Lighthouse.Engine.Commands.Syntax;

internal sealed partial class ShellParser
{
    private RedirectionNode? TryRedirection()
    {
        var start = _pos;
        var at = _pos;
        int? descriptor = null;
        string? descriptorName = null;
        var c = Peek();
        if (char.IsAsciiDigit(c))
        {
            while (at < _end && char.IsAsciiDigit(_text[at]))
            {
                at++;
            }

            if (CharAt(at) is not ('<' or '>') || !int.TryParse(_text.AsSpan(start, at - start), out var number))
            {
                return null;
            }

            descriptor = number;
        }
        else if (c == '{')
        {
            var close = at + 1;
            while (close < _end && IsNamePart(_text[close]))
            {
                close++;
            }

            if (CharAt(close) != '}' || CharAt(close + 1) is not ('<' or '>') || !IsName(_text.AsSpan(at + 1, close - at - 1)))
            {
                return null;
            }

            descriptorName = _text[(at + 1)..close];
            at = close + 1;
        }
        else if (c is not ('<' or '>') && !(c == '&' && Peek(1) == '>'))
        {
            return null;
        }

        var op = OperatorAt(at);
        if (op is null)
        {
            return null;
        }

        _pos = at;
        if (CharAt(at + op.Length) == '\\' && CharAt(at + op.Length + 1) == '\n' && CharAt(at + op.Length + 2) is '<' or '>' or '&' or '|' or '(')
        {
            Fail("an operator is split over two lines");
            return null;
        }

        _pos = at + op.Length;
        SkipBlanks();
        if (_pos >= _end || (IsMeta(_text[_pos]) && !(_text[_pos] is '<' or '>' && Peek(1) == '(')))
        {
            Fail($"'{op}' has no target");
            return null;
        }

        if (op is "<<" or "<<-")
        {
            return StartDocument(start, op, descriptor, descriptorName);
        }

        var target = ParseWord();
        return new RedirectionNode(start, target.End, op, descriptor, target) { DescriptorName = descriptorName };
    }

    private string? OperatorAt(int at)
    {
        var next = CharAt(at + 1);
        switch (CharAt(at))
        {
            case '<':
                if (next == '(')
                {
                    return null;
                }

                return next switch
                {
                    '<' => CharAt(at + 2) switch { '<' => "<<<", '-' => "<<-", _ => "<<" },
                    '>' => "<>",
                    '&' => "<&",
                    _ => "<",
                };
            case '>':
                if (next == '(')
                {
                    return null;
                }

                return next switch { '>' => ">>", '|' => ">|", '&' => ">&", _ => ">" };
            default:
                return CharAt(at + 2) == '>' ? "&>>" : "&>";
        }
    }
}
