namespace Lighthouse.Engine.Commands.Syntax;

/// <summary>Reserved words and single signs that must come next.</summary>
internal sealed partial class ShellParser
{
    /// <summary>The bare word at the position, when it could be a reserved word; else null. Does not move.</summary>
    private string? PeekReserved()
    {
        var rest = _text.AsSpan(_pos, Math.Min(9, _end - _pos));
        var length = 0;
        while (length < rest.Length && !IsMeta(rest[length]))
        {
            length++;
        }

        if (length == rest.Length && _pos + length < _end && !IsMeta(_text[_pos + length]))
        {
            return null;
        }

        return rest[..length] switch
        {
            "{" => "{",
            "}" => "}",
            "!" => "!",
            "[[" => "[[",
            "]]" => "]]",
            "if" => "if",
            "then" => "then",
            "else" => "else",
            "elif" => "elif",
            "fi" => "fi",
            "while" => "while",
            "until" => "until",
            "for" => "for",
            "select" => "select",
            "case" => "case",
            "esac" => "esac",
            "do" => "do",
            "done" => "done",
            "in" => "in",
            "time" => "time",
            "function" => "function",
            "coproc" => "coproc",
            _ => null,
        };
    }

    private bool TakeReserved(string word)
    {
        SkipBlanks();
        if (PeekReserved() != word)
        {
            return false;
        }

        _pos += word.Length;
        return true;
    }

    private void Expect(string word)
    {
        if (!Failed && !TakeReserved(word))
        {
            Fail(_pos < _end ? $"expected '{word}' before '{Excerpt()}'" : $"expected '{word}' before the end");
        }
    }

    private void Expect(char token)
    {
        if (Failed)
        {
            return;
        }

        if (Peek() == token)
        {
            _pos++;
        }
        else
        {
            Fail(_pos < _end ? $"expected '{token}' before '{Excerpt()}'" : $"expected '{token}' before the end");
        }
    }
}
