using System.Buffers;
using System.Text.RegularExpressions;
using Lighthouse.Engine.Commands.Effects;

namespace Lighthouse.Engine.Commands.Programs.Reading;

/// <summary>
/// Words that are read as code although a part of them comes from elsewhere. Whoever may create a file chooses its name: what the
/// shell puts in place of a pattern is no text that anybody wrote here.
/// </summary>
internal static partial class CodeWords
{
    private static readonly HashSet<string> Roles =
    [
        "script", "fish-script", "command-line", "awk", "sed", "sql", "sqlite", "python", "node", "perl", "ruby", "php", "lua", "r", "git-config", "fzf-bind", "tar-action", "script-with-arguments", "output-pipe",
    ];

    private static readonly SearchValues<char> LineNumbers = SearchValues.Create("0123456789 ,;+~$!{}pdqn=-");

    public static bool Are(string role) => Roles.Contains(role);

    /// <summary>The word as code, without text where nobody can tell what it says.</summary>
    public static Word Settle(string role, Word word) =>
        word is { Text: null, Shape.Example: { } example } && IsPlain(role, example) ? word with { Text = example }
        : !word.HasGlob || (role is "sed" or "awk" && IsHeldBySlashes(word.Text)) ? word : word with { Text = null, HasGlob = false };

    // Where only lines are picked by their numbers, every number does the same.
    private static bool IsPlain(string role, string example) => role switch
    {
        "sed" => example.AsSpan().IndexOfAnyExcept(LineNumbers) < 0,
        "awk" => PickingLines().IsMatch(example),
        _ => false,
    };

    [GeneratedRegex(@"^(\b(NR|FNR|NF|print|exit|next)\b|[0-9\s=<>!&()+*%{};,$-])*$", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex PickingLines();

    // sed s/a*/b/ file, without quotes: no name has a slash, so whatever fits stays inside the regular expression.
    private static bool IsHeldBySlashes(string? text) =>
        text is ['/', ..] or ['s', '/', ..] && text.AsSpan(text.LastIndexOf('/')).IndexOfAny("*?[") < 0;
}
