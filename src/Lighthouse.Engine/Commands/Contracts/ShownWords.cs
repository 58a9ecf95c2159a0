namespace Lighthouse.Engine.Commands.Contracts;

/// <summary>The words of an <see cref="Lighthouse.Contracts.ActionNode"/> on one line, so that nobody takes one word for two.</summary>
public static class ShownWords
{
    /// <summary>A word that cannot be known before the command runs, or the rest of too many words.</summary>
    public const string Unknown = "…";

    public static string Line(IReadOnlyList<string> words) => string.Join(' ', words.Select(Quoted));

    private static string Quoted(string word) =>
        word.Length > 0 && !word.Any(static c => char.IsWhiteSpace(c) || c is '\'' or '"') ? word : "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}
