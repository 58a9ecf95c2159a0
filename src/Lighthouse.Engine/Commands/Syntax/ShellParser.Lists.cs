namespace Lighthouse.Engine.Commands.Syntax;

internal sealed partial class ShellParser
{
    /// <summary>Commands up to the end, a closing token or a reserved word that ends a list; the caller checks which.</summary>
    private ScriptNode ParseList()
    {
        SkipLines();
        var start = _pos;
        var items = new List<ListItem>();
        while (_pos < _end && !AtListEnd())
        {
            var command = ParseAndOr();
            if (Failed)
            {
                break;
            }

            SkipBlanks();
            var background = false;
            var c = Peek();
            if (c == ';' && Peek(1) is not (';' or '&'))
            {
                RefuseSplitOperator();
                _pos++;
            }
            else if (c == '&')
            {
                RefuseSplitOperator();
                _pos++;
                background = true;
            }
            else if (c != '\n')
            {
                items.Add(new ListItem(command, false));
                break;
            }

            items.Add(new ListItem(command, background));
            SkipLines();
        }

        return new ScriptNode(start, items.Count > 0 ? items[^1].Command.End : start, items);
    }

    // A backslash-newline inside an operator would join two halves; nobody writes that for a good reason.
    private void RefuseSplitOperator()
    {
        if (AtContinuation(1) && Peek(3) is ';' or '&' or '|' or '<' or '>')
        {
            Fail("an operator is split over two lines");
        }
    }

    private bool AtListEnd()
    {
        var c = Peek();
        if (c == ')')
        {
            return true;
        }

        if (c == ';')
        {
            return Peek(1) is ';' or '&';
        }

        return c is '}' or 't' or 'e' or 'f' or 'd' && PeekReserved() is "}" or "then" or "else" or "elif" or "fi" or "do" or "done" or "esac";
    }

    private AndOrNode ParseAndOr()
    {
        var start = _pos;
        var first = ParsePipeline();
        List<AndOrLink>? rest = null;
        while (!Failed)
        {
            SkipBlanks();
            var isAnd = At("&&");
            if (!isAnd && !At("||"))
            {
                break;
            }

            _pos += 2;
            SkipLines();
            (rest ??= []).Add(new AndOrLink(isAnd, ParsePipeline()));
        }

        return new AndOrNode(start, rest is null ? first.End : rest[^1].Pipeline.End, first, rest);
    }

    private PipelineNode ParsePipeline()
    {
        SkipBlanks();
        var start = _pos;
        var negated = false;
        var prefixed = false;
        while (!Failed)
        {
            if (Peek() == '!' && (PeekReserved() == "!" || Peek(1) == '('))
            {
                negated = !negated;
                _pos++;
            }
            else if (Peek() == 't' && PeekReserved() == "time")
            {
                _pos += 4;
                SkipBlanks();
                if (At("-p") && (_pos + 2 == _end || IsMeta(Peek(2))))
                {
                    _pos += 2;
                }
            }
            else
            {
                break;
            }

            prefixed = true;
            SkipBlanks();
        }

        if (prefixed && (_pos >= _end || Peek() is '\n' || (Peek() == ';' && Peek(1) is not (';' or '&'))))
        {
            // A lone ! or time is a command that does nothing.
            return new PipelineNode(start, _pos, [new SimpleNode(_pos, _pos, null, [])], negated);
        }

        var commands = new List<CommandNode>(1) { ParseCommand() };
        while (!Failed)
        {
            SkipBlanks();
            if (Peek() != '|' || Peek(1) == '|')
            {
                break;
            }

            RefuseSplitOperator();
            _pos += Peek(1) == '&' ? 2 : 1;
            SkipLines();
            commands.Add(ParseCommand());
        }

        return new PipelineNode(start, commands[^1].End, commands, negated);
    }
}
