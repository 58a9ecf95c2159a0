using System.Buffers;
using System.Collections.Frozen;
using System.Text.Json;
using Lighthouse.Contracts;
using Lighthouse.Engine.Commands.Contracts;
using Lighthouse.Engine.Commands.Effects;
using Lighthouse.Engine.Commands.Programs;
using Lighthouse.Engine.Commands.Resolution;

namespace Lighthouse.Engine.Commands.Mcp;

/// <summary>Every text in the input of a tool whose schema is not known, judged by its look and by the name it stands under.</summary>
internal sealed class ToolArguments(IProgramKnowledge knowledge, IPathPlaces places, ActionPlace place, string tool, bool reads)
{
    // More than any tool takes, and few enough to be judged in time.
    private const int MaxTexts = 512;
    private const int MaxPrograms = 4;
    private const string TooMany = "the tool is given more texts than can be judged";

    private static readonly FrozenSet<string> Commands = Names("command", "cmd", "commandline", "commands", "argv", "exec", "shell", "shellcommand", "script", "bash", "run");
    // Texts that are kept or shown, and not handed to a database.
    private static readonly FrozenSet<string> Documents = Names(
        "content", "contents", "body", "text", "newtext", "oldtext", "newstring", "oldstring", "markdown", "html", "message", "description", "title", "comment", "patch", "diff", "summary", "notes", "prompt");

    private static readonly FrozenSet<string> Code = Names("code", "javascript", "js", "python", "expression", "function", "eval", "pagefunction", "program");
    private static readonly FrozenSet<string> Statements = Names("sql", "statement", "statements", "stmt", "query", "sqlquery", "rawsql");
    private static readonly FrozenSet<string> Paths = Names(
        "path", "paths", "file", "files", "filename", "filepath", "absolutepath", "relativepath", "dir", "directory", "folder", "cwd", "workdir", "root", "source", "src", "destination", "dest", "target",
        "output", "outputpath", "outfile", "input", "inputpath", "from", "to", "uri");

    private static readonly FrozenSet<string> Addresses = Names("url", "urls", "uri", "href", "endpoint", "host", "hostname", "address", "webhook", "callback");

    private static readonly FrozenSet<string> SqlWords = Names(
        "select", "with", "insert", "update", "delete", "drop", "create", "alter", "truncate", "merge", "replace", "grant", "revoke", "copy", "call", "exec", "explain", "show", "pragma", "attach", "vacuum", "set", "begin", "start", "do", "load", "rename", "lock", "reindex", "refresh", "comment", "declare", "execute", "prepare", "use", "flush", "kill", "handler");

    private static readonly SearchValues<char> WordEnds = SearchValues.Create(" \t\r\n(;*");

    private int _texts;

    public List<EffectUse> Uses { get; } = [];
    public List<string> Programs { get; } = [];
    public string? Problem { get; private set; }

    public void Read(JsonElement value, string name = "")
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                ReadObject(value);
                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                {
                    Read(item, name);
                }

                break;
            case JsonValueKind.String when ++_texts > MaxTexts:
                Problem ??= TooMany;
                break;
            case JsonValueKind.String:
                Text(value.GetString()!, name);
                break;
        }
    }

    private void ReadObject(JsonElement value)
    {
        // Looked for once: an object may have a thousand lists that are called arguments.
        var programs = CommandWords.ProgramsIn(value, knowledge.Knows);
        if (programs.Count > MaxPrograms)
        {
            Problem ??= "the tool is given more programs than can be judged";
            return;
        }

        foreach (var property in value.EnumerateObject())
        {
            var name = CommandWords.Names(property.Name) ? "command" : Plain(property.Name);
            var commands = CommandWords.Of(programs, name, property.Value, Commands.Contains(name), knowledge.Knows);
            foreach (var words in commands)
            {
                _texts += words.Count;
                if (_texts > MaxTexts)
                {
                    Problem ??= TooMany;
                    return;
                }

                Walk(string.Join(' ', words), walker => walker.WalkWords(words.ConvertAll(Whole)));
            }

            if (commands.Count == 0)
            {
                Read(property.Value, name);
            }
        }
    }

    private void Text(string text, string name)
    {
        if (text.Length == 0)
        {
            return;
        }

        if (Commands.Contains(name))
        {
            Walk(text, walker => walker.WalkText(text));
        }
        else if (Code.Contains(name))
        {
            Uses.Add(new EffectUse(Effect.ExecuteDynamic, Place.None, name, Risk.High, $"is given code under {name}", 0, 0, tool));
        }
        else if (((reads || !Documents.Contains(name)) && StatementShape.Fits(text)) || (name.Contains("sql", StringComparison.OrdinalIgnoreCase) && BeginsLikeSql(text)))
        {
            Statement(text);
        }
        else if (Statements.Contains(name) && (name.Contains("sql", StringComparison.OrdinalIgnoreCase) || name.StartsWith("st", StringComparison.OrdinalIgnoreCase) || text.Contains(';') || BeginsLikeSql(text)))
        {
            Statement(text);
        }
        else if (text.IndexOf("://", StringComparison.Ordinal) > 0 && !text.StartsWith("file:", StringComparison.OrdinalIgnoreCase) && text.AsSpan().IndexOfAny(' ', '\n') < 0)
        {
            Uses.Add(places.Contact(Whole(text), place, sends: !reads, tool));
        }
        else if (Paths.Contains(name) || LooksLikePath(text))
        {
            Path(text);
        }
        else if (Addresses.Contains(name))
        {
            Uses.Add(places.Contact(Whole(text), place, sends: !reads, tool));
        }
        else if (text.AsSpan().IndexOfAny('/', '.') >= 0 && !text.Contains(' ') && places.PlaceOf(Whole(text), place) is Place.Credential or Place.Protected or Place.Startup)
        {
            // A name with a dot or a slash may be anything; it counts where it would lead to what matters.
            Path(text);
        }
    }

    // What the tool does with a file is not known: unless it is declared to read, it may write too.
    private void Path(string text)
    {
        var path = text.StartsWith("file:", StringComparison.OrdinalIgnoreCase) && Uri.TryCreate(text, UriKind.Absolute, out var uri) ? uri.LocalPath : text;
        var word = Whole(path) with { HasGlob = path.AsSpan().IndexOfAny('*', '?', '[') >= 0 };
        if (places.Read(word, place, tool) is { } read)
        {
            Uses.Add(read);
        }

        if (!reads && places.Write(word, place, tool) is { } write)
        {
            Uses.Add(write);
        }
    }

    // A statement means what it would mean to a database's own client.
    private void Statement(string text)
    {
        var reading = knowledge.Read(new SimpleCommand { Program = Whole("psql"), Arguments = [Whole("-c"), Whole(text)] }, place);
        Uses.AddRange(reading.Effects.Select(use => use with { Program = tool, Start = 0, Length = 0 }));
    }

    private void Walk(string text, Action<ScriptWalker> walk)
    {
        var walker = new ScriptWalker(knowledge, places, place, text);
        walk(walker);
        Problem ??= walker.Problem;
        Programs.AddRange(walker.Programs);
        Uses.AddRange(walker.Uses.Select(static use => use with { Start = 0, Length = 0 }));
    }

    private static bool BeginsLikeSql(string text)
    {
        var trimmed = text.AsSpan().TrimStart(" \t\r\n(;\u00a0\ufeff");
        var end = trimmed.IndexOfAny(WordEnds);
        return trimmed.StartsWith("--") || trimmed.StartsWith("#") || trimmed.StartsWith("/*") || SqlWords.GetAlternateLookup<ReadOnlySpan<char>>().Contains(end < 0 ? trimmed : trimmed[..end]);
    }

    private static bool LooksLikePath(string text) =>
        text.Length < 4_096 && !text.Contains('\n') && (text[0] is '/' or '~' || text.StartsWith("./", StringComparison.Ordinal) || text.Contains("../", StringComparison.Ordinal)
            || text.StartsWith("file:", StringComparison.OrdinalIgnoreCase));

    // filePath, file_path and file-path are one name.
    private static string Plain(string name) => name.AsSpan().IndexOfAny('_', '-') < 0 ? name : name.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);

    private static Word Whole(string text) => new(text, text, 0, 0);

    private static FrozenSet<string> Names(params ReadOnlySpan<string> names) => FrozenSet.Create(StringComparer.OrdinalIgnoreCase, names);
}
