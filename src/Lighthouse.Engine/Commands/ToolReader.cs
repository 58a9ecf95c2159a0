using System.Text.Json;
using Lighthouse.Contracts;
using Lighthouse.Engine.Commands.Contracts;
using Lighthouse.Engine.Commands.Effects;

namespace Lighthouse.Engine.Commands;

/// <summary>What tools without a shell do, by the paths and addresses in their input. Their parts name the property that says it.</summary>
internal sealed class ToolReader(IPathPlaces places)
{
    private static readonly string[] _pathNames =
    [
        "file_path", "filePath", "notebook_path", "path", "absolute_path", "target_file", "target_notebook", "file", "filename", "dir_path", "directory", "relative_workspace_path", "target_directory", "uri",
    ];

    private static readonly string[] _patchNames = ["input", "patch", "command"];

    public Analysis Read(string tool, ToolKind kind, JsonElement input, ActionPlace place)
    {
        if (SaysTwice(input) is { } twice)
        {
            return AnalysisWriter.NotUnderstood($"the input says {twice} twice");
        }

        switch (kind)
        {
            case ToolKind.Harmless:
                return Write([new EffectUse(Effect.Read, Place.None, null, Risk.Low, "only talks to the host or the human", 0, 0, tool)]);
            case ToolKind.ProcessControl:
                return Write([new EffectUse(Effect.ProcessControl, Place.None, null, Risk.Low, "stops a command that the agent started", 0, 0, tool)]);
            case ToolKind.Search:
                return Write([new EffectUse(Effect.NetworkIn, Place.Network, Text(input, "query"), Risk.Low, "asks a search engine", 0, 0, tool) { Field = "query" }]);
            case ToolKind.Fetch:
                return Fetch(tool, input, place);
            case ToolKind.Patch:
                return Patch(tool, input, place);
            case ToolKind.Read or ToolKind.List or ToolKind.Write or ToolKind.Delete:
                return ReadPaths(tool, kind, input, place);
            default:
                var name = tool.Length == 0 ? "a tool without a name" : $"the tool {ResolvedText.Out(tool, 80)}";
                return AnalysisWriter.Write([new EffectUse(Effect.Unknown, Place.Unresolved, null, Risk.Medium, $"calls {name}, which is not known", 0, 0, null)], [], $"{name} is not known");
        }
    }

    private static Analysis Write(List<EffectUse> uses) => AnalysisWriter.Write(uses, [], null);

    private Analysis Fetch(string tool, JsonElement input, ActionPlace place)
    {
        var addresses = new List<(string Field, string Text)>();
        if (Text(input, "url") is { } url)
        {
            addresses.Add(("url", url));
        }

        AddItems(addresses, input, "urls");

        // Some hosts put the addresses into the prompt, with or without one beside it.
        if (Text(input, "prompt") is { } prompt)
        {
            addresses.AddRange(prompt.Split([' ', '\n', '\t', '"', '\'', '<', '>', '(', ')', ','], StringSplitOptions.RemoveEmptyEntries).Where(word => word.Contains("://", StringComparison.Ordinal)).Select(word => ("prompt", word)));
        }

        if (addresses.Count == 0)
        {
            return AnalysisWriter.NotUnderstood("the address is missing");
        }

        var uses = new List<EffectUse>();
        foreach (var (field, address) in addresses)
        {
            var use = address.StartsWith("file:", StringComparison.OrdinalIgnoreCase)
                ? places.Read(Whole(PathOf(address)), place, tool) ?? new EffectUse(Effect.Read, Place.Unresolved, address, Risk.Low, "reads a file", 0, 0, tool)
                : places.Contact(Whole(address), place, Sends(input), tool);
            uses.Add(use with { Field = field });
        }

        return Write(uses);
    }

    private static bool Sends(JsonElement input) =>
        Text(input, "method") is { } method && !method.Equals("GET", StringComparison.OrdinalIgnoreCase) && !method.Equals("HEAD", StringComparison.OrdinalIgnoreCase)
        || (input.ValueKind == JsonValueKind.Object && (input.TryGetProperty("body", out _) || input.TryGetProperty("data", out _) || input.TryGetProperty("headers", out _)));

    private Analysis ReadPaths(string tool, ToolKind kind, JsonElement input, ActionPlace place)
    {
        var paths = Paths(input);
        if (paths.Count == 0)
        {
            if (kind != ToolKind.List)
            {
                return AnalysisWriter.NotUnderstood("the path is missing");
            }

            paths.Add(("path", "."));
        }

        if (kind == ToolKind.List && Text(input, "pattern") is ['/' or '~' or '.', ..] pattern && tool is "Glob" or "glob" or "file_search")
        {
            paths.Add(("pattern", Text(input, "pattern")!));
        }

        var uses = new List<EffectUse>();
        foreach (var (field, path) in paths)
        {
            var word = Located(path) with { HasGlob = TakesPatterns(tool, kind) && path.AsSpan().IndexOfAny("*?[{") >= 0 };
            if (IsContentSearch(tool))
            {
                Search(word, field, tool, input, place, uses);
                continue;
            }

            var use = kind switch
            {
                ToolKind.Read => places.Read(word, place, tool),
                ToolKind.List => places.List(word, place, tool),
                ToolKind.Write => places.Write(word, place, tool),
                _ => places.Delete(word, place, recursive: false, tool),
            };
            if (use is not null)
            {
                uses.Add(use with { Field = field });
            }
        }

        return Write(uses);
    }

    private static bool IsContentSearch(string tool) => tool is "Grep" or "grep" or "grep_search" or "search_file_content";

    // In the name of a file that is written or read alone, a bracket is a bracket.
    private static bool TakesPatterns(string tool, ToolKind kind) => kind == ToolKind.List || tool is "read_many_files";

    // All below a directory is read, or what the pattern beside it says.
    private void Search(Word root, string field, string tool, JsonElement input, ActionPlace place, List<EffectUse> uses)
    {
        foreach (var below in (ReadOnlySpan<string>)["", "/**", "/" + (Text(input, "glob") ?? Text(input, "include") ?? "**")])
        {
            if (places.Read(root with { Text = root.Text?.TrimEnd('/') + below, HasGlob = root.HasGlob || below.Length > 0 }, place, tool) is { } use
                && (below.Length == 0 || use.Effect != Effect.Read || use.Risk > Risk.Low))
            {
                uses.Add(use with { Field = field, Target = root.Text });
            }
        }
    }

    private Analysis Patch(string tool, JsonElement input, ActionPlace place)
    {
        var uses = new List<EffectUse>();
        foreach (var name in _patchNames)
        {
            if (Text(input, name) is { } text && PatchReader.Read(text, name, tool, place, places, uses) is { } problem)
            {
                return AnalysisWriter.NotUnderstood(problem);
            }
        }

        return uses.Count > 0 ? Write(uses) : AnalysisWriter.NotUnderstood("the patch names no file");
    }

    // A host may take the first or the last of two.
    private static string? SaysTwice(JsonElement input)
    {
        if (input.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in input.EnumerateObject())
        {
            if (!seen.Add(property.Name))
            {
                return property.Name;
            }
        }

        return null;
    }

    // An address that is not of a file leads somewhere that nobody here knows.
    private static Word Located(string path) =>
        path.Contains("://", StringComparison.Ordinal) && !path.StartsWith("file:", StringComparison.OrdinalIgnoreCase) ? new Word(null, path, 0, 0) : Whole(PathOf(path));

    private static Word Whole(string text) => new(text, text, 0, 0);

    private static string PathOf(string path) =>
        path.StartsWith("file:", StringComparison.OrdinalIgnoreCase) && Uri.TryCreate(path, UriKind.Absolute, out var uri) ? uri.LocalPath : path;

    private static string? Text(JsonElement input, string name) =>
        input.ValueKind == JsonValueKind.Object && input.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static List<(string Field, string Path)> Paths(JsonElement input)
    {
        var paths = new List<(string Field, string Path)>();
        foreach (var name in _pathNames)
        {
            if (Text(input, name) is { Length: > 0 } path)
            {
                paths.Add((name, path));
            }
        }

        foreach (var name in (ReadOnlySpan<string>)["paths", "file_paths", "include"])
        {
            AddItems(paths, input, name);
        }

        foreach (var name in (ReadOnlySpan<string>)["files", "edits"])
        {
            if (input.ValueKind == JsonValueKind.Object && input.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array)
            {
                paths.AddRange(list.EnumerateArray().SelectMany((item, index) => Paths(item).Select(found => ($"{name}[{index}].{found.Field}", found.Path))));
                AddItems(paths, input, name);
            }
        }

        return paths;
    }

    private static void AddItems(List<(string Field, string Text)> to, JsonElement input, string name)
    {
        if (input.ValueKind != JsonValueKind.Object || !input.TryGetProperty(name, out var list) || list.ValueKind != JsonValueKind.Array)
        {
            return;
        }

        var index = 0;
        foreach (var item in list.EnumerateArray())
        {
            if (item.ValueKind == JsonValueKind.String)
            {
                to.Add(($"{name}[{index}]", item.GetString()!));
            }

            index++;
        }
    }
}
