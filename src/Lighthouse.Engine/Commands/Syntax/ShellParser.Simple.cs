namespace Lighthouse.Engine.Commands.Syntax;

internal sealed partial class ShellParser
{
    private CommandNode ParseCommand()
    {
        SkipBlanks();
        var c = Peek();
        if (_pos < _end && (c == '(' || c is '{' or '}' or '[' or '!' || char.IsAsciiLetterLower(c)))
        {
            var compound = ParseCompound(c);
            if (compound is not null)
            {
                return compound;
            }
        }

        return ParseSimple();
    }

    private CommandNode ParseSimple()
    {
        var start = _pos;
        var lastEnd = _pos;
        List<AssignmentNode>? assignments = null;
        List<AssignmentNode>? arrays = null;
        List<RedirectionNode>? redirections = null;
        var words = new List<WordNode>(4);
        var declares = false;
        while (!Failed)
        {
            SkipBlanks();
            if (_pos >= _end)
            {
                break;
            }

            if (TryRedirection() is { } redirection)
            {
                (redirections ??= []).Add(redirection);
                lastEnd = _pos;
                continue;
            }

            var c = _text[_pos];
            if (IsMeta(c) && !(c is '<' or '>' && Peek(1) == '('))
            {
                if (c == '(' && words.Count == 1 && assignments is null && redirections is null)
                {
                    return ParseFunctionTail(start, words[0]);
                }

                break;
            }

            if ((words.Count == 0 || declares) && TryAssignment(declares) is { } assignment)
            {
                if (words.Count == 0)
                {
                    (assignments ??= []).Add(assignment);
                }
                else
                {
                    words.Add(assignment.Value);
                    (arrays ??= []).Add(assignment);
                }

                lastEnd = _pos;
                continue;
            }

            var word = ParseWord();
            words.Add(word);
            lastEnd = word.End;
            if (words.Count == 1)
            {
                declares = word.Bare is "declare" or "local" or "export" or "readonly" or "typeset";
            }
        }

        if (!Failed && words.Count == 0 && assignments is null && redirections is null)
        {
            Fail(_pos < _end ? $"unexpected '{Excerpt()}'" : "a command is missing at the end");
        }

        return new SimpleNode(start, lastEnd, assignments, words) { Redirections = redirections, ArrayArguments = arrays };
    }

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
            var close = SubscriptEnd(at);
            if (close < 0 || !(CharAt(close + 1) == '=' || (CharAt(close + 1) == '+' && CharAt(close + 2) == '=')))
            {
                return null;
            }

            _pos = at + 1;
            subscript = new WordNode(at + 1, close, ParseParts(Mode.Bounded, close));
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

    private char CharAt(int at) => at < _end ? _text[at] : '\0';

    // Only simple subscripts; one with quotes or nested brackets beyond this is left as a word, hence judged as a command name.
    private int SubscriptEnd(int open)
    {
        var level = 0;
        for (var at = open; at < _end; at++)
        {
            switch (_text[at])
            {
                case '[': level++; break;
                case ']' when --level == 0: return at;
                case '\n' or ';' or '\'' or '"' or '\\': return -1;
                case ' ' or '&' or '|' when level == 1 && !Within(open, at): return -1;
            }
        }

        return -1;
    }

    // Spaces may stand inside $( ) or (( )) of a subscript.
    private bool Within(int open, int at) => _text.AsSpan(open, at - open).IndexOfAny('(', '`') >= 0;

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

            elements.Add(ParseWord());
        }

        return elements;
    }
}
