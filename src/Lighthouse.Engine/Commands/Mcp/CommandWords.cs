using System.Collections.Frozen;
using System.Text.Json;

namespace Lighthouse.Engine.Commands.Mcp;

/// <summary>A command that a tool is given as words: <c>{ "command": ["git", "push"] }</c>, or the program and its words side by side, under whatever names.</summary>
internal static class CommandWords
{
    private static readonly FrozenSet<string> Arguments = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "args", "arguments", "argv", "argumentlist", "params", "parameters", "flags", "options", "switches", "words");

    private static readonly FrozenSet<string> Programs = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase, "command", "cmd", "program", "executable", "exe", "bin", "binary", "tool", "process", "shell", "interpreter", "application", "app", "name", "file", "path", "entrypoint", "commandname", "executablepath");

    private static readonly FrozenSet<string> Meaning = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "command", "commands", "cmd", "cmdline", "commandline", "shell", "bash", "script", "scripts", "exec", "execute", "argv");

    private static readonly FrozenSet<string> Describing = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase, "id", "ids", "name", "type", "kind", "description", "timeout", "path", "file", "dir", "directory", "version", "count", "mode", "format", "language", "status", "result", "output", "args", "arguments");

    /// <summary>runCommand, bash_script, cmd-line: a word of the name says that it is a command. commandId and script_path only describe one.</summary>
    public static bool Names(string name)
    {
        var found = false;
        var start = 0;
        for (var at = 1; at <= name.Length; at++)
        {
            if (at < name.Length && name[at] is not ('_' or '-') && !(char.IsAsciiLetterUpper(name[at]) && char.IsAsciiLetterLower(name[at - 1])))
            {
                continue;
            }

            var word = name[start..at].Trim('_', '-');
            if (at == name.Length && Describing.Contains(word))
            {
                return false;
            }

            found |= Meaning.Contains(word);
            start = at;
        }

        return found;
    }

    /// <summary>The words of the list <paramref name="list"/> called <paramref name="name"/>; null where they are no command.</summary>
    /// <param name="program">What stands beside the list, by <see cref="ProgramIn"/>.</param>
    /// <param name="isCommand">Its name says that it is one.</param>
    /// <param name="isProgram">Whether something is known of a program of that name.</param>
    public static List<string>? Of(string? program, string name, JsonElement list, bool isCommand, Func<string, bool> isProgram)
    {
        if (list.ValueKind != JsonValueKind.Array || Strings(list) is not { Count: > 0 } words)
        {
            return null;
        }

        if (isCommand)
        {
            return words;
        }

        if (program is not null && Arguments.Contains(name))
        {
            return [program, .. words];
        }

        // { "input": ["rm", "-rf", "x"] }: a known program, and an option after it. Lists of plain words are labels and the like.
        return words.Count > 1 && isProgram(words[0]) && words.Exists(static word => word is ['-', _, ..]) ? words : null;
    }

    /// <summary>The text of an object that names a program: <c>{ "command": "git", "args": ["push"] }</c>.</summary>
    public static string? ProgramIn(JsonElement input, Func<string, bool> isProgram)
    {
        foreach (var property in input.EnumerateObject())
        {
            if (property.Value.ValueKind == JsonValueKind.String && property.Value.GetString() is { Length: > 0 } program && Programs.Contains(property.Name.Replace("_", "", StringComparison.Ordinal))
                && (property.Name is "command" or "cmd" || isProgram(program)))
            {
                return program;
            }
        }

        return null;
    }

    private static List<string>? Strings(JsonElement list)
    {
        var strings = new List<string>();
        foreach (var item in list.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.String)
            {
                return null;
            }

            strings.Add(item.GetString()!);
        }

        return strings;
    }
}
