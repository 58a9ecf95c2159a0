using System.Runtime.CompilerServices;
namespace Lighthouse.Engine.Commands.Syntax;

/// <summary>
/// Parses what bash and POSIX shells accept. Bad input ends in a problem, never in an exception: the first failure moves
/// the position to the end, so that every loop stops. Each character is looked at a bounded number of times per nesting level.
/// </summary>
internal sealed partial class ShellParser
{
    private readonly string _text;
    private readonly int _end;
    private int _pos;
    private int _depth;
    private int _commands;
    private string? _problem;
    private int _problemAt;
    private List<HereDocument>? _pendingDocuments;
    private bool _outerDocumentPending;

    private ShellParser(string text, int depth)
    {
        _text = text;
        _end = text.Length;
        _depth = depth;
    }

    public static ParsedScript Parse(string text, int depth = 0)
    {
        if (SyntaxLimits.Refusal(text) is { } refusal)
        {
            return new ParsedScript(null, refusal.Problem, refusal.At);
        }

        var parser = new ShellParser(text, depth);
        var root = parser.ParseWhole();
        return parser._problem is null ? new ParsedScript(root, null, 0) : new ParsedScript(null, parser._problem, parser._problemAt);
    }

    private ScriptNode ParseWhole()
    {
        var root = ParseList();
        if (_problem is null && _pos < _end)
        {
            Fail($"unexpected '{Excerpt()}'");
        }
        else if (_problem is null && _pendingDocuments is { Count: > 0 })
        {
            Fail($"the here-document '{_pendingDocuments[0].Delimiter}' has no end");
        }

        return root;
    }

    private bool Failed => _problem is not null;

    private void Fail(string problem)
    {
        if (_problem is null)
        {
            _problem = problem;
            _problemAt = Math.Min(_pos, _text.Length);
        }

        _pos = _end;
    }

    private bool Enter()
    {
        // A stack that is used up ends the process: what of it is left counts as well.
        if (++_depth <= SyntaxLimits.MaxDepth && RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            return true;
        }

        Fail("constructs are nested too deeply");
        return false;
    }

    private void Leave() => _depth--;

    private char Peek(int ahead = 0)
    {
        var at = _pos + ahead;
        return at < _end ? _text[at] : '\0';
    }

    private bool At(string token) => _end - _pos >= token.Length && _text.AsSpan(_pos).StartsWith(token, StringComparison.Ordinal);

    private bool AtContinuation(int ahead = 0) => Peek(ahead) == '\\' && Peek(ahead + 1) == '\n';

    private string Excerpt()
    {
        var rest = _text.AsSpan(_pos, Math.Min(12, _end - _pos));
        var line = rest.IndexOf('\n');
        return line == 0 ? "end of line" : (line > 0 ? rest[..line] : rest).ToString();
    }

    private void SkipBlanks()
    {
        while (_pos < _end)
        {
            var c = _text[_pos];
            if (c is ' ' or '\t')
            {
                _pos++;
            }
            else if (c == '\\' && AtContinuation())
            {
                _pos += 2;
            }
            else if (c == '#' && AtWordStart())
            {
                var line = _text.AsSpan(_pos, _end - _pos).IndexOf('\n');
                _pos = line < 0 ? _end : _pos + line;
            }
            else
            {
                return;
            }
        }
    }

    // Only called right after blanks or an operator; a # inside a word never gets here.
    private bool AtWordStart() => _pos == 0 || IsMeta(_text[_pos - 1]) || _text[_pos - 1] == '`' || (_text[_pos - 1] == '\n');

    private void SkipLines()
    {
        SkipBlanks();
        while (_pos < _end && _text[_pos] == '\n')
        {
            TakeNewline();
            SkipBlanks();
        }
    }

    private void TakeNewline()
    {
        _pos++;
        if (_pendingDocuments is { Count: > 0 })
        {
            ReadDocuments();
        }
        else if (_outerDocumentPending)
        {
            Fail("a here-document's text would start inside a substitution");
        }
    }

    private static bool IsMeta(char c) => c is ' ' or '\t' or '\n' or ';' or '&' or '|' or '<' or '>' or '(' or ')';

    private static bool IsNameStart(char c) => char.IsAsciiLetter(c) || c == '_';

    private static bool IsNamePart(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';

    private static bool IsName(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || !IsNameStart(text[0]))
        {
            return false;
        }

        foreach (var c in text)
        {
            if (!IsNamePart(c))
            {
                return false;
            }
        }

        return true;
    }
}
