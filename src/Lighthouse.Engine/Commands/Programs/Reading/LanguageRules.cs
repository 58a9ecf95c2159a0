using System.Collections.Frozen;
using System.Text.Json;

namespace Lighthouse.Engine.Commands.Programs.Reading;

/// <summary>The names of one language in <c>languages.json</c>.</summary>
internal sealed class LanguageRules
{
    private static readonly Lazy<Dictionary<string, LanguageRules>> Loaded = new(Load);

    public required FrozenSet<string> Modules { get; init; }
    /// <summary>Packages that may be loaded to be asked for their version, and for nothing else.</summary>
    public FrozenSet<string> Versions { get; init; } = [];

    public required FrozenSet<string> Reads { get; init; }
    public required FrozenDictionary<string, string> Dangers { get; init; }

    /// <summary>Null: any function may be called that is not listed as a danger. Else only these may.</summary>
    public FrozenSet<string>? Calls { get; init; }

    public static LanguageRules? Of(string language) => Loaded.Value.GetValueOrDefault(language);

    private static Dictionary<string, LanguageRules> Load()
    {
        using var stream = typeof(LanguageRules).Assembly.GetManifestResourceStream("Lighthouse.Engine.Commands.Programs.languages.json")!;
        using var data = JsonDocument.Parse(stream);
        return data.RootElement.EnumerateObject().Where(static one => one.Value.ValueKind == JsonValueKind.Object)
            .ToDictionary(static one => one.Name, static one => From(one.Value));
    }

    private static LanguageRules From(JsonElement entry)
    {
        var dangers = new Dictionary<string, string>();
        foreach (var kind in new[] { "dynamic", "process", "network", "write", "delete" })
        {
            foreach (var name in Names(entry, kind))
            {
                dangers[name] = kind;
            }
        }

        return new LanguageRules
        {
            Modules = Names(entry, "modules").ToFrozenSet(), Reads = Names(entry, "reads").ToFrozenSet(), Dangers = dangers.ToFrozenDictionary(),
            Versions = entry.TryGetProperty("versions", out _) ? Names(entry, "versions").ToFrozenSet() : [],
            Calls = entry.TryGetProperty("calls", out _) ? Names(entry, "calls").ToFrozenSet() : null,
        };
    }

    private static string[] Names(JsonElement entry, string list) => entry.GetProperty(list).GetString()!.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
