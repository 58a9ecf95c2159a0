using System.Globalization;
using System.Text;

namespace Lighthouse.Engine.Commands.Contracts;

/// <summary>Characters that a screen or a terminal would not show, would obey, or would show as something else: what a reviewer approves must be what runs.</summary>
public static class UnseenCharacters
{
    /// <summary>Line breaks, tabs and blanks are for the caller to show.</summary>
    public static bool Contains(Rune rune) => rune.Value switch
    {
        '\n' or '\t' or ' ' => false,
        // Fillers and joiners that count as letters or marks and draw nothing; the sign for what could not be read.
        0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or 0x3164 or 0xFFA0 or 0xFFFD => true,
        >= 0x180B and <= 0x180F => true,
        >= 0xFE00 and <= 0xFE0F => true,
        >= 0xE0000 and <= 0xE0FFF => true,
        0x2800 => true,
        _ => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
            or UnicodeCategory.SpaceSeparator or UnicodeCategory.Surrogate,
    };

    public static string Name(Rune rune) => string.Create(CultureInfo.InvariantCulture, $"U+{rune.Value:X4}");
}
