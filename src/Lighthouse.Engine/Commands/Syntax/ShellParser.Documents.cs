namespace Lighthouse.Engine.Commands.Syntax;

/// <summary>Here-documents: started at their operator, read when the line ends.</summary>
internal sealed partial class ShellParser
{
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
