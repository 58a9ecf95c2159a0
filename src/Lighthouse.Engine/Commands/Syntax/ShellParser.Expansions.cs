namespace Lighthouse.Engine.Commands.Syntax;

internal sealed partial class ShellParser
{
    private WordPart? ParseDollar(Mode mode)
    {
        var start = _pos;
        var next = Peek(1);
        var unquoted = mode is not (Mode.DoubleQuoted or Mode.Document or Mode.QuotedArgument);
        switch (next)
        {
            case '(':
                return Peek(2) == '(' ? ParseArithmeticOrCommand(start) : ParseCommandSubstitution(start);
            case '{':
                return ParseBraces(start, mode);
            case '[':
                return ParseOldArithmetic(start);
            case '\'' when unquoted:
                return ParseAnsi(start);
            case '"' when unquoted:
                _pos++;
                return ParseDoubleQuotes();
            case '\\' when AtContinuation(1):
                Fail("an expansion is split over two lines");
                return null;
            case '@' or '*' or '#' or '?' or '-' or '$' or '!':
                _pos += 2;
                return new ParameterPart(start, _pos, next.ToString());
        }

        if (char.IsAsciiDigit(next))
        {
            _pos += 2;
            return new ParameterPart(start, _pos, next.ToString());
        }

        if (!IsNameStart(next))
        {
            return null;
        }

        _pos += 2;
        while (_pos < _end && IsNamePart(_text[_pos]))
        {
            _pos++;
        }

        if (AtContinuation())
        {
            Fail("a variable's name may continue on the next line");
            return null;
        }

        return new ParameterPart(start, _pos, _text[(start + 1).._pos]);
    }

    private CommandPart ParseCommandSubstitution(int start)
    {
        _pos += 2;
        if (AtContinuation() && Peek(2) == '(')
        {
            Fail("an expansion is split over two lines");
        }

        var body = ParseInner();
        return new CommandPart(start, _pos, body, null);
    }

    private ProcessPart ParseProcess()
    {
        var start = _pos;
        var input = Peek() == '<';
        _pos += 2;
        if (Peek() == '(')
        {
            Fail("'<((' opens two subshells");
        }

        var body = ParseInner();
        return new ProcessPart(start, _pos, input, body);
    }

    /// <summary>A list up to and with its closing parenthesis. Here-documents neither leak in nor out.</summary>
    private ScriptNode ParseInner()
    {
        if (!Enter())
        {
            return new ScriptNode(_pos, _pos, []);
        }

        var (documents, outer) = (_pendingDocuments, _outerDocumentPending);
        _outerDocumentPending = outer || documents is { Count: > 0 };
        _pendingDocuments = null;
        var body = ParseList();
        if (!Failed && _pendingDocuments is { Count: > 0 })
        {
            Fail($"the here-document '{_pendingDocuments[0].Delimiter}' has no end");
        }

        Expect(')');
        (_pendingDocuments, _outerDocumentPending) = (documents, outer);
        Leave();
        return body;
    }

    private CommandPart? ParseBackticks(Mode mode)
    {
        var start = _pos;
        var quoted = mode is Mode.DoubleQuoted or Mode.QuotedArgument;
        var at = _pos + 1;
        var escapes = false;
        while (at < _end && _text[at] != '`')
        {
            escapes |= _text[at] == '\\';
            at += _text[at] == '\\' ? 2 : 1;
        }

        if (at >= _end)
        {
            Fail("a backtick is not closed");
            return null;
        }

        var text = escapes ? Unescape(_pos + 1, at, quoted) : _text[(_pos + 1)..at];
        var fragment = new Fragment(text, _pos + 1, at, text.Length == at - _pos - 1);
        var body = new ScriptNode(0, 0, []);
        if (Enter())
        {
            var inner = new ShellParser(text, _depth);
            body = inner.ParseWhole();
            if (inner.Failed)
            {
                Fail(inner._problem!);
                _problemAt = start + 1;
            }

            Leave();
        }

        _pos = Math.Min(at + 1, _end);
        return new CommandPart(start, _pos, body, fragment);
    }

    private string Unescape(int from, int to, bool quoted)
    {
        var text = new System.Text.StringBuilder(to - from);
        for (var at = from; at < to; at++)
        {
            if (_text[at] == '\\' && at + 1 < to && (_text[at + 1] is '`' or '\\' or '$' || (quoted && _text[at + 1] == '"')))
            {
                at++;
            }

            text.Append(_text[at]);
        }

        return text.ToString();
    }
}
