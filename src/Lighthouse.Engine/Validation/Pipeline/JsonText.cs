using System.Globalization;
using System.Text.Unicode;

namespace Lighthouse.Engine.Validation.Pipeline;

/// <summary>Valid JSON may still hold text that is none: an escaped half of a surrogate pair. Each reader of it would throw, or see another text.</summary>
internal static class JsonText
{
    /// <param name="json">Valid JSON, so that a backslash stands only in a string and begins a whole escape.</param>
    public static bool IsUnicode(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json))
        {
            return false;
        }

        for (int at; (at = json.IndexOf((byte)'\\')) >= 0;)
        {
            json = json[at..];
            var unit = Unit(json);
            if (char.IsLowSurrogate(unit) || (char.IsHighSurrogate(unit) && !char.IsLowSurrogate(Unit(json[6..]))))
            {
                return false;
            }

            json = json[(char.IsHighSurrogate(unit) ? 12 : 2)..];
        }

        return true;
    }

    // The UTF-16 unit of an escape that stands right here; NUL for anything else.
    private static char Unit(ReadOnlySpan<byte> json) =>
        json is [(byte)'\\', (byte)'u', _, _, _, _, ..] && ushort.TryParse(json[2..6], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit) ? (char)unit : '\0';
}
