using System.Globalization;
using System.Text;

namespace Lighthouse.Web.Ui;

/// <summary>Characters that a screen would not show, or would show as something else: what a reviewer approves must be what runs.</summary>
internal static class HiddenCharacters
{
    public static bool IsHidden(Rune rune) => rune.Value switch
    {
        '\n' or '\t' or ' ' => false,
        0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or 0x3164 or 0xFFA0 or 0xFFFD => true,
        >= 0xFE00 and <= 0xFE0F => true,
        >= 0xE0000 and <= 0xE0FFF => true,
        _ => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
            or UnicodeCategory.SpaceSeparator or UnicodeCategory.Surrogate,
    };

    public static string Name(Rune rune) => string.Create(CultureInfo.InvariantCulture, $"U+{rune.Value:X4}");

    /// <summary>Letters that are not ASCII: they may only look like the ones that are meant.</summary>
    public static bool IsForeignLetter(Rune rune) => !rune.IsAscii && Rune.IsLetter(rune) && !IsHidden(rune);

    /// <summary>The text on one line, with hidden characters spelled out.</summary>
    public static string Reveal(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is '\n' or '\t')
            {
                result.Append(rune.Value == '\n' ? " ⏎ " : " ");
            }
            else if (IsHidden(rune))
            {
                result.Append('⟨').Append(Name(rune)).Append('⟩');
            }
            else
            {
                result.Append(rune.ToString());
            }
        }

        return result.ToString();
    }
}
