namespace Lighthouse.Engine.Commands.Syntax;

/// <summary>What takes the meaning from characters.</summary>
internal sealed partial class ShellParser
{
    private QuotedPart? ParseBackslash(Mode mode)
    {
        var start = _pos;
        var next = Peek(1);
        if (_pos + 1 >= _end)
        {
            return null;
        }

        var keepsBackslash = mode switch
        {
            Mode.DoubleQuoted => next is not ('$' or '`' or '"' or '\\'),
            Mode.QuotedArgument => next is not ('$' or '`' or '"' or '\\' or '}'),
            Mode.Document => next is not ('$' or '`' or '\\'),
            _ => false,
        };
        _pos += 2;
        if (char.IsHighSurrogate(next) && _pos < _end)
        {
            _pos++;
        }

        return new QuotedPart(start, _pos, keepsBackslash ? _text[start.._pos] : _text[(start + 1).._pos]);
    }

    private QuotedPart? ParseApostrophe(Mode mode)
    {
        switch (mode)
        {
            case Mode.DoubleQuoted or Mode.Document:
                return null;
            case Mode.QuotedArgument:
                SkipPlainApostrophes();
                return null;
        }

        var start = _pos;
        var length = _text.AsSpan(_pos + 1, _end - _pos - 1).IndexOf('\'');
        if (length < 0)
        {
            Fail("a single quote is not closed");
            return null;
        }

        _pos += length + 2;
        return new QuotedPart(start, _pos, _text.Substring(start + 1, length));
    }

    // Inside "${x:-…}" shells differ on single quotes; they agree when a pair encloses nothing special.
    private void SkipPlainApostrophes()
    {
        var length = _text.AsSpan(_pos + 1, _end - _pos - 1).IndexOfAny(_apostropheStops);
        if (length < 0 || _text[_pos + 1 + length] != '\'')
        {
            Fail("a single quote inside a quoted expansion");
            return;
        }

        _pos += length + 2;
    }

    private DoubleQuotedPart ParseDoubleQuotes()
    {
        var start = _pos++;
        var parts = new List<WordPart>();
        if (Enter())
        {
            parts = ParseParts(Mode.DoubleQuoted, _end);
            if (!Failed && Peek() != '"')
            {
                Fail("a double quote is not closed");
            }

            _pos = Math.Min(_pos + 1, _end);
            Leave();
        }

        return new DoubleQuotedPart(start, _pos, parts);
    }
}
