using System.Text.Json;
using Lighthouse.Engine.Commands.Effects;

namespace Lighthouse.Engine.Commands;

/// <summary>The command of a shell tool: one text, or words that are run without a shell between.</summary>
/// <param name="Text">The text that offsets point into; words stand in it with a blank between.</param>
internal sealed record ShellInput(string Text, List<Word>? Words, string? Directory)
{
    private static readonly string[] _commandNames = ["command", "cmd", "script", "commandLine", "command_line", "argv"];
    private static readonly string[] _directoryNames = ["workdir", "cwd", "working_directory", "workingDirectory", "directory", "dir_path"];

    /// <summary>Null when there is no command, or more than one that could be meant.</summary>
    public static ShellInput? Read(JsonElement input)
    {
        if (input.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        JsonElement? found = null;
        foreach (var name in _commandNames)
        {
            if (input.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Array)
            {
                if (found is not null)
                {
                    return null;
                }

                found = value;
            }
        }

        var directory = _directoryNames
            .Select(name => input.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null)
            .FirstOrDefault(value => !string.IsNullOrEmpty(value));
        return found switch
        {
            { ValueKind: JsonValueKind.String } text => new ShellInput(text.GetString()!, null, directory),
            { ValueKind: JsonValueKind.Array } words => FromWords(words, directory),
            _ => null,
        };
    }

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
