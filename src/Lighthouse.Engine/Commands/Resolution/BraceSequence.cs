namespace Lighthouse.Engine.Commands.Resolution;

/// <summary><c>1..9</c>, <c>a..z</c> and <c>01..10..2</c>, as they stand between braces.</summary>
internal static class BraceSequence
{
    /// <summary>Three numbers that can be read are shorter.</summary>
    public const int Longest = 40;

    /// <summary>The items; null when it is no sequence.</summary>
    public static List<string>? Of(string text, int most, out bool tooMany)
    {
        tooMany = false;
        var fields = text.Split("..");
        var step = 1L;
        if (fields.Length is not (2 or 3) || (fields.Length == 3 && !long.TryParse(fields[2], out step)))
        {
            return null;
        }

        var letters = fields[0].Length == 1 && fields[1].Length == 1 && char.IsAsciiLetter(fields[0][0]) && char.IsAsciiLetter(fields[1][0]);
        long first, last;
        if (letters)
        {
            (first, last) = (fields[0][0], fields[1][0]);
        }
        else if (!long.TryParse(fields[0], out first) || !long.TryParse(fields[1], out last))
        {
            return null;
        }

        step = step is 0 or long.MinValue ? 1 : Math.Abs(step);
        if ((Int128.Abs((Int128)last - first) / step) + 1 > most)
        {
            tooMany = true;
            return [];
        }

        var padded = !letters && (HasLeadingZero(fields[0]) || HasLeadingZero(fields[1]));
        var width = padded ? Math.Max(fields[0].Length, fields[1].Length) : 0;
        var items = new List<string>();
        for (var value = (Int128)first; first <= last ? value <= last : value >= last; value += first <= last ? step : -step)
        {
            items.Add(letters ? ((char)(int)value).ToString() : Pad((long)value, width));
        }

        return items;
    }

    private static bool HasLeadingZero(string number) => number.TrimStart('-') is { Length: > 1 } digits && digits[0] == '0';

    private static string Pad(long value, int width) =>
        value < 0 ? "-" + value.ToString()[1..].PadLeft(Math.Max(0, width - 1), '0') : value.ToString().PadLeft(width, '0');
}
