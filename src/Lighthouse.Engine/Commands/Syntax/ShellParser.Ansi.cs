using System.Text;

namespace Lighthouse.Engine.Commands.Syntax;

internal sealed partial class ShellParser
{
    private QuotedPart? ParseAnsi(int start)
    {
        var at = _pos + 2;
        while (at < _end && _text[at] != '\'')
        {
            at += _text[at] == '\\' ? 2 : 1;
        }

        if (at >= _end)
        {
            Fail("a $' quote is not closed");
            return null;
        }

        var text = DecodeAnsi(_text.AsSpan(_pos + 2, at - _pos - 2));
        _pos = at + 1;
        return new QuotedPart(start, _pos, text);
    }

    /// <summary>The text of <c>$'…'</c>. As in the shell a NUL ends it. Bytes above 127 are read as UTF-8.</summary>
    internal static string DecodeAnsi(ReadOnlySpan<char> source)
    {
        var result = new StringBuilder(source.Length);
        var bytes = new List<byte>();
        for (var at = 0; at < source.Length; at++)
        {
            if (source[at] != '\\' || at + 1 >= source.Length)
            {
                Append(result, bytes, source[at]);
                continue;
            }

            at++;
            var value = -1;
            switch (source[at])
            {
                case 'a': value = 7; break;
                case 'b': value = 8; break;
                case 'e' or 'E': value = 27; break;
                case 'f': value = 12; break;
                case 'n': value = 10; break;
                case 'r': value = 13; break;
                case 't': value = 9; break;
                case 'v': value = 11; break;
                case '\\' or '\'' or '"' or '?': value = source[at]; break;
                case >= '0' and <= '7':
                    value = Digits(source, ref at, 8, 3, 0) & 0xff;
                    AppendByte(result, bytes, value);
                    goto stop;
                case 'x' when IsHex(source, at + 1):
                    at++;
                    value = Digits(source, ref at, 16, 2, 0);
                    AppendByte(result, bytes, value);
                    goto stop;
                case 'u' or 'U' when IsHex(source, at + 1):
                    var length = source[at] == 'u' ? 4 : 8;
                    at++;
                    value = Digits(source, ref at, 16, length, 0);
                    AppendRune(result, bytes, value);
                    goto stop;
                case 'c' when at + 1 < source.Length:
                    at++;
                    value = source[at] & 0x1f;
                    break;
            }

            if (value < 0)
            {
                Append(result, bytes, '\\');
                Append(result, bytes, source[at]);
                continue;
            }

            Append(result, bytes, (char)value);
        stop:
            if (value == 0)
            {
                result.Length -= result.Length > 0 && result[^1] == '\0' ? 1 : 0;
                break;
            }
        }

        FlushBytes(result, bytes);
        return result.ToString();
    }

    private static bool IsHex(ReadOnlySpan<char> source, int at) => at < source.Length && char.IsAsciiHexDigit(source[at]);

    private static int Digits(ReadOnlySpan<char> source, ref int at, int radix, int most, int value)
    {
        var start = at;
        while (at < source.Length && at - start < most && char.IsAsciiHexDigit(source[at]) && (radix == 16 || source[at] is >= '0' and <= '7'))
        {
            value = unchecked((value * radix) + Convert.ToInt32(source[at].ToString(), 16));
            at++;
        }

        at--;
        return value;
    }

    private static void Append(StringBuilder result, List<byte> bytes, char c)
    {
        FlushBytes(result, bytes);
        result.Append(c);
    }

    private static void AppendByte(StringBuilder result, List<byte> bytes, int value)
    {
        if (value < 0x80)
        {
            Append(result, bytes, (char)value);
        }
        else
        {
            bytes.Add((byte)value);
        }
    }

    private static void AppendRune(StringBuilder result, List<byte> bytes, int value)
    {
        FlushBytes(result, bytes);
        result.Append(Rune.IsValid(value) ? new Rune(value).ToString() : "\ufffd");
    }

    private static void FlushBytes(StringBuilder result, List<byte> bytes)
    {
        if (bytes.Count > 0)
        {
            result.Append(Encoding.UTF8.GetString([.. bytes]));
            bytes.Clear();
        }
    }
}
