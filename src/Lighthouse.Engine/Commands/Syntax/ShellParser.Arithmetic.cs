namespace Lighthouse.Engine.Commands.Syntax;

internal sealed partial class ShellParser
{
    /// <summary>
    /// Where the <c>))</c> that matches stands, or -1 when a single <c>)</c> closes first (then <c>((</c> opened two
    /// subshells). Reaching the end is a failure, so no text is scanned to its end twice.
    /// </summary>
    private int ArithmeticEnd(int from)
    {
        var level = 0;
        for (var at = from; at < _end; at++)
        {
            switch (_text[at])
            {
                case '\\':
                    at++;
                    break;
                case '\'' or '"' or '`':
                    at = QuoteEnd(at);
                    break;
                case '(':
                    level++;
                    break;
                case ')' when level > 0:
                    level--;
                    break;
                case ')':
                    return CharAt(at + 1) == ')' ? at : -1;
            }
        }

        Fail("a parenthesis is not closed");
        return -1;
    }

    private int QuoteEnd(int open)
    {
        var quote = _text[open];
        for (var at = open + 1; at < _end; at++)
        {
            if (_text[at] == quote)
            {
                return at;
            }

            if (_text[at] == '\\' && quote != '\'')
            {
                at++;
            }
        }

        return _end;
    }

    private WordPart? ParseArithmeticOrCommand(int start)
    {
        var close = ArithmeticEnd(_pos + 3);
        if (Failed)
        {
            return null;
        }

        if (close < 0)
        {
            // bash finds the end of such a substitution without parsing it, hence not always where it really is.
            Fail("'$((' opens two subshells");
            return null;
        }

        _pos += 3;
        var word = ArithmeticWord(close);
        return new ArithmeticPart(start, _pos, word.Parts);
    }

    private ArithmeticNode ParseArithmeticCommand(int start, int close)
    {
        _pos += 2;
        var word = ArithmeticWord(close);
        return new ArithmeticNode(start, _pos, word) { Redirections = ParseRedirections() };
    }

    /// <summary>The expression from the position to <paramref name="close"/>; moves behind the <c>))</c>.</summary>
    private WordNode ArithmeticWord(int close)
    {
        var start = _pos;
        var parts = new List<WordPart>();
        if (!Failed && Enter())
        {
            parts = ParseParts(Mode.Bounded, close);
            if (!Failed && _pos != close)
            {
                Fail("an arithmetic expression is not closed");
            }

            _pos = Math.Min(close + 2, _end);
            Leave();
        }

        return new WordNode(start, Failed ? start : close, parts);
    }

    private ArithmeticPart? ParseOldArithmetic(int start)
    {
        var level = 0;
        for (var at = _pos + 1; at < _end; at++)
        {
            switch (_text[at])
            {
                case '\\':
                    at++;
                    break;
                case '\'' or '"' or '`':
                    at = QuoteEnd(at);
                    break;
                case '[':
                    level++;
                    break;
                case ']' when --level == 0:
                    _pos += 2;
                    if (!Enter())
                    {
                        return null;
                    }

                    var parts = ParseParts(Mode.Bounded, at);
                    if (!Failed && _pos != at)
                    {
                        Fail("an arithmetic expression is not closed");
                    }

                    Leave();
                    _pos = Math.Min(at + 1, _end);
                    return new ArithmeticPart(start, _pos, parts);
            }
        }

        Fail("a bracket is not closed");
        return null;
    }
}
