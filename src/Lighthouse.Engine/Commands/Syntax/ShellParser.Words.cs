using System.Buffers;
using System.Text;

namespace Lighthouse.Engine.Commands.Syntax;

internal sealed partial class ShellParser
{
    private enum Mode
    {
        /// <summary>An ordinary word: ends at a blank or operator.</summary>
        Word,
        DoubleQuoted,

        /// <summary>The argument of <c>${x:-…}</c>: ends at <c>}</c>.</summary>
        Argument,
        QuotedArgument,

        /// <summary>As <see cref="Argument"/>, ends at <c>/</c> too: the pattern of <c>${x/…/…}</c>.</summary>
        Pattern,

        /// <summary>A here-document's body: everything, double quotes are plain.</summary>
        Document,

        /// <summary>Up to a given position: arithmetic, subscripts.</summary>
        Bounded,

        /// <summary>The right side of <c>=~</c>: parentheses and bars belong to it.</summary>
        Expression,

        /// <summary>Inside an extended glob: ends at its closing parenthesis.</summary>
        Glob,
    }

    private static readonly SearchValues<char> _wordSpecials = SearchValues.Create(" \t\n;&|<>()\\'\"$`?*+@!");
    private static readonly SearchValues<char> _quotedSpecials = SearchValues.Create("\\\"$`");
    private static readonly SearchValues<char> _documentSpecials = SearchValues.Create("\\$`");
    private static readonly SearchValues<char> _argumentSpecials = SearchValues.Create("\\'\"$`}/<>");
    private static readonly SearchValues<char> _globSpecials = SearchValues.Create("\\'\"$`()?*+@!\n");
    private static readonly SearchValues<char> _apostropheStops = SearchValues.Create("'}\"$`\\");
    private static readonly SearchValues<char> _boundedSpecials = SearchValues.Create("\\'\"$`");

    private WordNode ParseWord()
    {
        var start = _pos;
        var parts = ParseParts(Mode.Word, _end);
        if (!Failed && parts.Count == 0 && _pos == start)
        {
            Fail(_pos < _end ? $"unexpected '{Excerpt()}'" : "a word is missing at the end");
        }

        return new WordNode(start, _pos, parts);
    }

    /// <summary>Parts up to where the mode ends, at most <paramref name="stop"/>; the ending character is not taken.</summary>
    private List<WordPart> ParseParts(Mode mode, int stop)
    {
        var parts = new List<WordPart>(1);
        var specials = mode switch
        {
            Mode.Word or Mode.Expression => _wordSpecials,
            Mode.DoubleQuoted => _quotedSpecials,
            Mode.Document => _documentSpecials,
            Mode.Bounded => _boundedSpecials,
            Mode.Glob => _globSpecials,
            _ => _argumentSpecials,
        };
        var run = _pos;
        StringBuilder? joined = null;
        while (_pos < stop && !Failed)
        {
            var next = _text.AsSpan(_pos, stop - _pos).IndexOfAny(specials);
            _pos = next < 0 ? stop : _pos + next;
            if (_pos >= stop)
            {
                break;
            }

            var c = _text[_pos];
            if (Ends(mode, c))
            {
                break;
            }

            if (c == '\\' && AtContinuation())
            {
                (joined ??= new StringBuilder()).Append(_text, run, _pos - run);
                _pos += 2;
                run = _pos;
                continue;
            }

            var at = _pos;
            var part = ParsePart(mode, c);
            if (part is null)
            {
                if (_pos == at)
                {
                    _pos++;
                }

                continue;
            }

            Flush(parts, ref joined, run, at);
            parts.Add(part);
            run = _pos;
        }

        if (!Failed)
        {
            Flush(parts, ref joined, run, _pos);
        }

        return parts;
    }

    private void Flush(List<WordPart> parts, ref StringBuilder? joined, int run, int end)
    {
        if (joined is not null)
        {
            var text = joined.Append(_text, run, end - run).ToString();
            joined = null;
            if (text.Length > 0)
            {
                parts.Add(new LiteralPart(run, end, text));
            }
        }
        else if (end > run)
        {
            parts.Add(new LiteralPart(run, end, _text[run..end]));
        }
    }

    private bool Ends(Mode mode, char c) => mode switch
    {
        Mode.Word => IsMeta(c) && !(c is '<' or '>' && Peek(1) == '('),
        Mode.DoubleQuoted => c == '"',
        Mode.Argument or Mode.QuotedArgument => c == '}',
        Mode.Pattern => c is '}' or '/',
        Mode.Expression => c is not ('(' or '|') && IsMeta(c),
        Mode.Glob => c == ')',
        _ => false,
    };

    /// <summary>The part that starts at a special character; null when the character is plain here.</summary>
    private WordPart? ParsePart(Mode mode, char c)
    {
        switch (c)
        {
            case '\\':
                return ParseBackslash(mode);
            case '\'':
                return ParseApostrophe(mode);
            case '"':
                return mode == Mode.Document ? null : ParseDoubleQuotes();
            case '$':
                return ParseDollar(mode);
            case '`':
                return ParseBackticks(mode);
            case '<' or '>':
                return mode is Mode.Word or Mode.Argument or Mode.Pattern && Peek(1) == '(' ? ParseProcess() : null;
            case '(' when mode is Mode.Expression or Mode.Glob:
                return ParseParenthesised(c);
            case '?' or '*' or '+' or '@' or '!' when mode is Mode.Word or Mode.Glob && Peek(1) == '(':
                _pos++;
                return ParseParenthesised(c);
            default:
                return null;
        }
    }

    private ExtendedGlobPart ParseParenthesised(char kind)
    {
        var start = kind == '(' ? _pos : _pos - 1;
        _pos++;
        var parts = new List<WordPart>();
        if (Enter())
        {
            parts = ParseParts(Mode.Glob, _end);
            Expect(')');
            Leave();
        }

        return new ExtendedGlobPart(start, _pos, kind, parts);
    }
}
