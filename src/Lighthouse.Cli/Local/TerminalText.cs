using System.Globalization;
using System.Text;
using Lighthouse.Engine.Commands.Contracts;

namespace Lighthouse.Cli.Local;

/// <summary>Text of others on a terminal: what a terminal would obey or hide is spelled out, and the columns that it takes are known.</summary>
internal static class TerminalText
{
    /// <summary>One rune as it is printed. A line break is its own sign; the caller breaks the line.</summary>
    public static string Shown(Rune rune) => rune.Value switch
    {
        '\n' => "⏎",
        '\t' => " ",
        _ => UnseenCharacters.Contains(rune) ? $"⟨{UnseenCharacters.Name(rune)}⟩" : rune.ToString(),
    };

    public static string OneLine(string text, int most = int.MaxValue)
    {
        var line = new StringBuilder();
        var columns = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var shown = rune.Value == '\n' ? " ⏎ " : Shown(rune);
            columns += Columns(shown);
            if (columns > most)
            {
                return line.Append('…').ToString();
            }

            line.Append(shown);
        }

        return line.ToString();
    }

    public static int Columns(string text)
    {
        var columns = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            columns += Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark ? 0 : IsWide(rune.Value) ? 2 : 1;
        }

        return columns;
    }

    private static bool IsWide(int value) => value
        is (>= 0x1100 and <= 0x115F) or (>= 0x2E80 and <= 0xA4CF) or (>= 0xAC00 and <= 0xD7A3) or (>= 0xF900 and <= 0xFAFF) or (>= 0xFE30 and <= 0xFE6F)
        or (>= 0xFF00 and <= 0xFF60) or (>= 0xFFE0 and <= 0xFFE6) or (>= 0x1F300 and <= 0x1FAFF) or (>= 0x20000 and <= 0x3FFFD);
}
