using System.Text;

namespace Lighthouse.Web.Security;

/// <summary>Text of strangers for a line of the log: it can neither begin a line of its own nor turn the terminal around, and it ends.</summary>
internal static class Printable
{
    public const int Longest = 200;

    public static string Of(string? text)
    {
        var from = text ?? "";
        var taken = from.Length > Longest ? from[..Longest] : from;
        var clean = new StringBuilder(taken.Length + 1);
        foreach (var letter in taken)
        {
            // Plain ASCII: names and paths of ours are, and whatever else a terminal may do with a character is then no question.
            clean.Append(letter is > ' ' and <= '~' ? letter : '?');
        }

        return from.Length > Longest ? clean.Append('…').ToString() : clean.ToString();
    }
}
