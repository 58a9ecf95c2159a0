using System.Collections.Frozen;
using System.Text.Json;
using Lighthouse.Engine.Commands.Effects;

namespace Lighthouse.Engine.Commands.Programs;

/// <summary>Which files a kind of program takes code from by itself: <c>loads.json</c>.</summary>
internal static class LoadedFiles
{
    private static readonly FrozenDictionary<string, (string[] Settings, string[] Code)> Kinds = Load();

    public static IReadOnlyCollection<string> All => Kinds.Keys;

    /// <summary>The kinds of programs that would take code from a file of this name.</summary>
    /// <param name="downloaded">What it holds came from elsewhere, so that plain sources count as well.</param>
    public static IEnumerable<string> KindsOf(string path, bool downloaded)
    {
        foreach (var (kind, (settings, code)) in Kinds)
        {
            if (Array.Exists(settings, pattern => Fits(pattern, path)) || (downloaded && Array.Exists(code, pattern => Fits(pattern, path))))
            {
                yield return kind;
            }
        }
    }

    /// <summary>A program of the kind reads it as its own settings, and not merely as one source among others.</summary>
    public static bool IsSettings(string kind, string path) => Array.Exists(Kinds[kind].Settings, pattern => Fits(pattern, path));

    private static bool Fits(string pattern, string path)
    {
        if (pattern.EndsWith("/**", StringComparison.Ordinal))
        {
            return path.Contains("/" + pattern[..^2], StringComparison.OrdinalIgnoreCase) || path.StartsWith(pattern[..^2], StringComparison.OrdinalIgnoreCase);
        }

        return Glob.Matches(pattern, Path.GetFileName(path.AsSpan()));
    }

    private static FrozenDictionary<string, (string[], string[])> Load()
    {
        using var stream = typeof(LoadedFiles).Assembly.GetManifestResourceStream("Lighthouse.Engine.Commands.Programs.loads.json")!;
        using var data = JsonDocument.Parse(stream);
        return data.RootElement.EnumerateObject().Where(static one => one.Value.ValueKind == JsonValueKind.Object)
            .ToFrozenDictionary(static one => one.Name, static one => (Names(one.Value, "settings"), Names(one.Value, "code")));

        static string[] Names(JsonElement entry, string list) => entry.GetProperty(list).GetString()!.Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }
}
