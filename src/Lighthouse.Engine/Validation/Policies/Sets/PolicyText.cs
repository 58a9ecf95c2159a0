using System.Text;

namespace Lighthouse.Engine.Validation.Policies.Sets;

/// <summary>Where things are in a policy text: Cedar counts UTF-8 bytes, an editor lines and UTF-16 units.</summary>
internal sealed class PolicyText
{
    private readonly string _text;
    private readonly List<int> _lineStarts = [0];
    private readonly bool _ascii;

    public PolicyText(string text)
    {
        _text = text;
        _ascii = Ascii.IsValid(text);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n')
            {
                _lineStarts.Add(i + 1);
            }
        }
    }

    /// <summary>Line and column, from 1, of an offset in UTF-16 units.</summary>
    public (int Line, int Column) At(int offset)
    {
        var at = Math.Clamp(offset, 0, _text.Length);
        var line = _lineStarts.BinarySearch(at);
        line = line < 0 ? ~line - 1 : line;
        return (line + 1, at - _lineStarts[line] + 1);
    }

    /// <summary>The offset in UTF-16 units of an offset in UTF-8 bytes.</summary>
    public int FromBytes(int bytes)
    {
        if (_ascii)
        {
            return Math.Clamp(bytes, 0, _text.Length);
        }

        var (seen, units) = (0, 0);
        foreach (var rune in _text.EnumerateRunes())
        {
            if (seen >= bytes)
            {
                break;
            }

            seen += rune.Utf8SequenceLength;
            units += rune.Utf16SequenceLength;
        }

        return units;
    }
}
