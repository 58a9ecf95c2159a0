namespace Lighthouse.Engine.Commands;

/// <summary>
/// The one way out for text that the analysis resolved: words, notes, targets and reasons. It may stand nowhere in the command (a decoded
/// secret), so whoever hides values in the command's text has not hidden them here.
/// </summary>
internal static class ResolvedText
{
    /// <param name="most">UTF-16 units; never cuts a character in two.</param>
    public static string Out(string text, int most = int.MaxValue, string ending = "")
    {
        if (text.Length <= most)
        {
            return text;
        }

        var length = char.IsHighSurrogate(text[most - 1]) && char.IsLowSurrogate(text[most]) ? most - 1 : most;
        return string.Concat(text.AsSpan(0, length), ending);
    }
}
