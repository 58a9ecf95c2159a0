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

    private RedirectionNode StartDocument(int start, string op, int? descriptor, string? descriptorName)
    {
        var word = ParseWord();
        var delimiter = new System.Text.StringBuilder();
        var quoted = false;
        foreach (var part in word.Parts)
        {
            switch (part)
            {
                case LiteralPart literal:
                    delimiter.Append(literal.Text);
                    break;
                case QuotedPart single:
                    delimiter.Append(single.Text);
                    quoted = true;
                    break;
                case DoubleQuotedPart { Parts: [] }:
                    quoted = true;
                    break;
                case DoubleQuotedPart { Parts: [LiteralPart inner] }:
                    delimiter.Append(inner.Text);
                    quoted = true;
                    break;
                default:
                    Fail("a here-document's delimiter is not plain text");
                    break;
            }
        }

        var document = new HereDocument(delimiter.ToString(), quoted, op == "<<-");
        (_pendingDocuments ??= []).Add(document);
        return new RedirectionNode(start, word.End, op, descriptor, word) { DescriptorName = descriptorName, Document = document };
    }

    private void ReadDocuments()
    {
        var documents = _pendingDocuments!;
        _pendingDocuments = null;
        foreach (var document in documents)
        {
            if (!Failed)
            {
                ReadDocument(document);
            }
        }
    }

    private void ReadDocument(HereDocument document)
    {
        var start = _pos;
        var joined = false;
        while (true)
        {
            if (_pos >= _end)
            {
                Fail($"the here-document '{document.Delimiter}' has no end");
                return;
            }

            var lineStart = _pos;
            var newline = _text.AsSpan(_pos, _end - _pos).IndexOf('\n');
            var lineEnd = newline < 0 ? _end : _pos + newline;
            var line = _text.AsSpan(lineStart, lineEnd - lineStart);
            var compared = document.StripTabs ? line.TrimStart('\t') : line;
            _pos = newline < 0 ? _end : lineEnd + 1;
            if (compared.SequenceEqual(document.Delimiter))
            {
                if (!joined)
                {
                    FinishDocument(document, start, lineStart);
                    return;
                }

                // bash joins the line before with this one; other shells end the document here.
                Fail("a here-document's end follows a continued line");
                return;
            }

            joined = !document.Quoted && EndsInContinuation(line);
        }
    }

    private static bool EndsInContinuation(ReadOnlySpan<char> line)
    {
        var backslashes = line.Length - line.TrimEnd('\\').Length;
        return backslashes % 2 == 1;
    }

    private void FinishDocument(HereDocument document, int start, int end)
    {
        var text = _text[start..end];
        var exact = true;
        if (document.StripTabs && text.Contains('\t'))
        {
            text = StripTabs(text);
            exact = false;
        }

        document.Body = new Fragment(text, start, end, exact);
        if (document.Quoted || text.AsSpan().IndexOfAny('$', '`', '\\') < 0)
        {
            document.Parts = [new LiteralPart(0, text.Length, text)];
            return;
        }

        if (!Enter())
        {
            return;
        }

        var inner = new ShellParser(text, _depth);
        document.Parts = inner.ParseParts(Mode.Document, text.Length);
        if (inner.Failed)
        {
            Fail(inner._problem!);
            _problemAt = exact ? start + inner._problemAt : start;
        }

        Leave();
    }

    private static string StripTabs(string text) =>
        string.Join('\n', text.Split('\n').Select(line => line.TrimStart('\t')));
}
