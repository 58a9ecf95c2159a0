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

    /// <summary>The words of the list <paramref name="list"/> called <paramref name="name"/>; empty where they are no command.</summary>
    /// <param name="programs">What stands beside the list, by <see cref="ProgramsIn"/>. Which of several the tool takes is not known: each is a command.</param>
    /// <param name="isCommand">Its name says that it is one.</param>
    /// <param name="isProgram">Whether something is known of a program of that name.</param>
    public static List<List<string>> Of(List<string> programs, string name, JsonElement list, bool isCommand, Func<string, bool> isProgram)
    {
        if (list.ValueKind != JsonValueKind.Array || Strings(list) is not { Count: > 0 } words)
        {
            return [];
        }

        if (isCommand)
        {
            return [words];
        }

        if (programs.Count > 0 && Arguments.Contains(name))
        {
            return programs.ConvertAll<List<string>>(program => [program, .. words]);
        }

        // { "input": ["rm", "-rf", "x"] }: a known program, and an option after it. Lists of plain words are labels and the like.
        return words.Count > 1 && isProgram(words[0]) && words.Exists(static word => word is ['-', _, ..]) ? [words] : [];
    }

    /// <summary>The texts of an object that name a program: <c>{ "command": "git", "args": ["push"] }</c>.</summary>
    public static List<string> ProgramsIn(JsonElement input, Func<string, bool> isProgram)
    {
        var programs = new List<string>();
        foreach (var property in input.EnumerateObject())
        {
            if (property.Value.ValueKind == JsonValueKind.String && property.Value.GetString() is { Length: > 0 } program && Programs.Contains(property.Name.Replace("_", "", StringComparison.Ordinal))
                && (property.Name is "command" or "cmd" || isProgram(program)))
            {
                programs.Add(program);
            }
        }

        return programs;
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
