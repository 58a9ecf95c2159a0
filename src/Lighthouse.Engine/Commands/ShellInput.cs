using System.Text.Json;
using Lighthouse.Engine.Commands.Effects;

namespace Lighthouse.Engine.Commands;

/// <summary>The command of a shell tool: one text, or words that are run without a shell between.</summary>
/// <param name="Text">The text that offsets point into; words stand in it with a blank between.</param>
internal sealed record ShellInput(string Text, List<Word>? Words, string? Directory)
{
    private const int FirstDirectory = 6;

    // The command's names, then the directory's, the first of which counts.
    private static readonly string[] _names =
    [
        "command", "cmd", "script", "commandLine", "command_line", "argv",
        "workdir", "cwd", "working_directory", "workingDirectory", "directory", "dir_path",
    ];

    /// <summary>Null when there is no command, or more than one that could be meant.</summary>
    public static ShellInput? Read(JsonElement input)
    {
        if (input.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        // One pass: each look-up by name would read the whole object.
        JsonElement? found = null;
        string? directory = null;
        var (seen, directoryRank) = (0, int.MaxValue);
        foreach (var property in input.EnumerateObject())
        {
            var rank = Array.IndexOf(_names, property.Name);
            if (rank < 0)
            {
                continue;
            }

            // Said twice: a host may take the first or the last.
            if ((seen & (1 << rank)) != 0)
            {
                return null;
            }

            seen |= 1 << rank;
            var value = property.Value;
            if (rank < FirstDirectory && value.ValueKind is JsonValueKind.String or JsonValueKind.Array)
            {
                if (found is not null)
                {
                    return null;
                }

                found = value;
            }
            else if (rank >= FirstDirectory && rank < directoryRank && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } path)
            {
                (directory, directoryRank) = (path, rank);
            }
        }

        return found switch
        {
            { ValueKind: JsonValueKind.String } command => new ShellInput(command.GetString()!, null, directory),
            { ValueKind: JsonValueKind.Array } words => FromWords(words, directory),
            _ => null,
        };
    }

    /// <summary>UTF-8 bytes of the longest text that the input could mean, however it is said; 0 for none.</summary>
    public static int LongestBytes(JsonElement input)
    {
        var longest = 0;
        foreach (var property in input.EnumerateObject())
        {
            var rank = Array.IndexOf(_names, property.Name);
            longest = rank is >= 0 and < FirstDirectory ? Math.Max(longest, Bytes(property.Value)) : longest;
        }

        return longest;
    }

    private static int Bytes(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => System.Text.Encoding.UTF8.GetByteCount(value.GetString()!),
        JsonValueKind.Array => value.EnumerateArray().Sum(static word => (word.ValueKind == JsonValueKind.String ? Bytes(word) : 0) + 1) - 1,
        _ => 0,
    };

    private static ShellInput? FromWords(JsonElement array, string? directory)
    {
        var text = new System.Text.StringBuilder();
        var words = new List<Word>();
        foreach (var item in array.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.String || text.Length > Syntax.SyntaxLimits.MaxBytes)
            {
                return null;
            }

            var word = item.GetString()!;
            text.Append(text.Length > 0 ? " " : "");
            words.Add(new Word(word, word, text.Length, word.Length));
            text.Append(word);
        }

        return words.Count > 0 ? new ShellInput(text.ToString(), words, directory) : null;
    }
}
