namespace Lighthouse.Engine.Commands.Syntax;

internal sealed partial class ShellParser
{
    private CommandNode ParseCommand()
    {
        SkipBlanks();
        if (++_commands > SyntaxLimits.MaxCommands)
        {
            Fail("there are too many commands to follow");
        }

        var c = Peek();
        if (_pos < _end && (c == '(' || c is '{' or '}' or '[' or ']' or '!' || char.IsAsciiLetterLower(c)))
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

            if (Failed)
            {
                break;
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

            if ((words.Count == 0 || declares) && TryAssignment(words.Count > 0) is { } assignment)
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

            if (Failed)
            {
                break;
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
            var close = PlainSubscriptEnd(at);
            if (close < 0 || !(CharAt(close + 1) == '=' || (CharAt(close + 1) == '+' && CharAt(close + 2) == '=')))
            {
                return null;
            }

            _pos = at + 1;
            subscript = new WordNode(at + 1, close, ParseParts(Mode.Bounded, close));
            if (!Failed && _pos != close)
            {
                Fail("a subscript is not closed");
            }

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

    /// <summary>
    /// Where the subscript that opens here ends. The shell reads it as one piece, blanks and comment signs included, so
    /// one that holds more than names, numbers and expansions is refused: its end could be disputed.
    /// </summary>
    private int PlainSubscriptEnd(int open)
    {
        var level = 0;
        var inner = 0;
        var blank = false;
        for (var at = open; at < _end; at++)
        {
            switch (_text[at])
            {
                case '(':
                    inner++;
                    break;
                case ')':
                    inner--;
                    break;
                case '[':
                    level++;
                    break;
                case ']' when --level == 0:
                    if (blank && CharAt(at + 1) is not ('=' or '+'))
                    {
                        Fail("a blank inside brackets");
                        return -1;
                    }

                    return at;
                case ' ' or '\t' when inner == 0:
                    blank = true;
                    break;
                case '#' when at == open + 1 || _text[at - 1] is ' ' or '\t':
                case '\n' or ';' or '&' or '|' or '<' or '>' or '\'' or '"' or '\\' or '`':
                    Fail("an unusual subscript");
                    return -1;
            }
        }

        Fail("a bracket is not closed");
        return -1;
    }

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

            if (Peek() == '[' && PlainSubscriptEnd(_pos) < 0)
            {
                break;
            }

            elements.Add(ParseWord());
        }

        return elements;
    }
}
