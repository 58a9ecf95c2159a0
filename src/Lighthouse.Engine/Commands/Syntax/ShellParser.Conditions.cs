namespace Lighthouse.Engine.Commands.Syntax;

internal sealed partial class ShellParser
{
    private ConditionNode ParseCondition(int start)
    {
        _pos += 2;
        var words = new List<WordNode>();
        if (Enter())
        {
            ConditionOr(words);
            SkipLines();
            if (!Failed && !AtConditionEnd())
            {
                Fail(_pos < _end ? $"unexpected '{Excerpt()}' in a condition" : "a condition is not closed");
            }

            _pos = Math.Min(_pos + 2, _end);
            Leave();
        }

        return new ConditionNode(start, _pos, words) { Redirections = ParseRedirections() };
    }

    private bool AtConditionEnd() => At("]]") && (_pos + 2 == _end || IsMeta(_text[_pos + 2]));

    private void ConditionOr(List<WordNode> words)
    {
        ConditionTerm(words);
        while (!Failed)
        {
            SkipLines();
            if (!At("||") && !At("&&"))
            {
                break;
            }

            _pos += 2;
            ConditionTerm(words);
        }
    }

    private void ConditionTerm(List<WordNode> words)
    {
        SkipLines();
        while (Peek() == '!' && Peek(1) is ' ' or '\t' or '\n' or '(')
        {
            _pos++;
            SkipLines();
        }

        if (Peek() == '(')
        {
            _pos++;
            if (Enter())
            {
                ConditionOr(words);
                SkipLines();
                Expect(')');
                Leave();
            }

            return;
        }

        if (AtConditionEnd())
        {
            Fail("a condition is empty");
            return;
        }

        var first = ParseRequiredWord("a condition's word is missing");
        words.Add(first);
        SkipBlanks();
        var unary = first.Bare is ['-', var letter] && "abcdefghknoprstuvwxzGLNOSR".Contains(letter);
        if (unary && AtConditionOperator() && Peek() != '\n')
        {
            Fail("a condition's operand is missing");
        }

        if (Failed || AtConditionOperator() || (unary && ConditionUnary(words)))
        {
            return;
        }

        ConditionBinary(words);
    }

    private bool AtConditionOperator() => AtConditionEnd() || At("&&") || At("||") || Peek() is ')' or '\n';

    private bool ConditionUnary(List<WordNode> words)
    {
        if (Peek() is '<' or '>' or '=' or '!' && ConditionOperator() is not null)
        {
            return false;
        }

        words.Add(ParseRequiredWord("a condition's operand is missing"));
        return true;
    }

    private void ConditionBinary(List<WordNode> words)
    {
        if (ConditionOperator() is not { } op)
        {
            Fail($"unexpected '{Excerpt()}' in a condition");
            return;
        }

        words.Add(new WordNode(_pos, _pos + op.Length, [new LiteralPart(_pos, _pos + op.Length, op)]));
        _pos += op.Length;
        SkipBlanks();
        if (AtConditionEnd())
        {
            Fail("a condition's operand is missing");
            return;
        }

        if (op == "=~")
        {
            var start = _pos;
            var parts = ParseParts(Mode.Expression, _end);
            words.Add(new WordNode(start, _pos, parts));
            if (_pos == start)
            {
                Fail("a condition's pattern is missing");
            }
        }
        else
        {
            words.Add(ParseRequiredWord("a condition's operand is missing"));
        }
    }

    private string? ConditionOperator()
    {
        if (Peek() is '<' or '>' && Peek(1) != '(')
        {
            return Peek().ToString();
        }

        foreach (var op in (ReadOnlySpan<string>)["==", "=~", "!=", "=", "-eq", "-ne", "-lt", "-le", "-gt", "-ge", "-nt", "-ot", "-ef"])
        {
            if (At(op) && (_pos + op.Length == _end || IsMeta(_text[_pos + op.Length])))
            {
                return op;
            }
        }

        return null;
    }
}
