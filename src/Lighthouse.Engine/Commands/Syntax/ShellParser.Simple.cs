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

    private char CharAt(int at) => at < _end ? _text[at] : '\0';
}
