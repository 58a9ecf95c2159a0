namespace Lighthouse.Cli.Local;

/// <summary>Turns the words that a shell has taken apart into command text again.</summary>
internal static class ShellText
{
    private const string Plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:=@%+,";

    /// <summary>One word is taken as a whole command line; of several, each stays one word.</summary>
    public static string Join(IReadOnlyList<string> words) => words is [var whole] ? whole : string.Join(' ', words.Select(Quote));

    private static string Quote(string word) =>
        word.Length > 0 && word.All(Plain.Contains) ? word : "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}
