using System.Text;
using Lighthouse.Engine.Commands.Contracts;

namespace Lighthouse.Web.Ui;

/// <summary>Characters that a screen would not show, or would show as something else: what a reviewer approves must be what runs.</summary>
internal static class HiddenCharacters
{
    public static bool IsHidden(Rune rune) => UnseenCharacters.Contains(rune);

    public static string Name(Rune rune) => UnseenCharacters.Name(rune);

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
