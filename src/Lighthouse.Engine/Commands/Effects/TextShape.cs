namespace Lighthouse.Engine.Commands.Effects;

/// <summary>What is known of a text that is itself not known beforehand.</summary>
/// <param name="Pattern">A pattern of file names that it fits in every case: it holds a slash only where the pattern does.</param>
/// <param name="Example">Where all that is not known of it are whole numbers: the text with 1 for each; else null.</param>
internal sealed record TextShape(string Pattern, string? Example = null)
{
    /// <summary>A whole number, with a sign or blanks before it at most.</summary>
    public static TextShape Number { get; } = new(Glob.Numeral.ToString(), "1");

    /// <summary>What stands behind the first <paramref name="mark"/>, which both hold in what is known.</summary>
    public TextShape Behind(char mark) => new(Pattern[(Pattern.IndexOf(mark) + 1)..], Example?[(Example.IndexOf(mark) + 1)..]);
}
