using System.Text.Json;
using Lighthouse.Contracts;
using Lighthouse.Engine.Commands.Effects;

namespace Lighthouse.Engine.Commands.Programs.Reading;

/// <summary>Variables that make a program do something else than it says: <c>environment.json</c>.</summary>
internal static class EnvironmentVariables
{
    private static readonly Dictionary<string, string> Kinds = new(StringComparer.Ordinal);
    // By their first letter: most variables begin with one that no family does.
    private static readonly Dictionary<char, List<(string Prefix, string Kind)>> Families = [];

    static EnvironmentVariables()
    {
        using var stream = typeof(EnvironmentVariables).Assembly.GetManifestResourceStream("Lighthouse.Engine.Commands.Programs.environment.json")!;
        using var data = JsonDocument.Parse(stream);
        foreach (var list in data.RootElement.EnumerateObject().Where(static list => !list.Name.StartsWith("//", StringComparison.Ordinal)))
        {
            foreach (var name in list.Value.GetString()!.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                if (name.EndsWith('*'))
                {
                    if (!Families.TryGetValue(name[0], out var family))
                    {
                        Families[name[0]] = family = [];
                    }

                    family.Add((name[..^1], list.Name));
                }
                else
                {
                    Kinds[name] = list.Name;
                }
            }
        }
    }

    /// <summary>False when no value of it changes anything.</summary>
    public static bool IsHeeded(string name) => Kind(name) is not (null or "plain");

    /// <summary>A word of the form <c>NAME=value</c> (or a bare name, which changes nothing).</summary>
    public static void Read(Word word, ReadingSink sink)
    {
        var text = word.Text ?? word.Prefix;
        if (text.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals)
        {
            var name = text[..equals].TrimEnd('+');
            Read(name, word.IsKnown ? word with { Text = text[(equals + 1)..] } : word with { Prefix = text[(equals + 1)..] }, sink);
        }
    }

    public static void Read(string name, Word value, ReadingSink sink)
    {
        switch (Kind(name))
        {
            case "script" when value.Text is not "":
                sink.RunScript(value);
                break;
            case "helper" when value.Text is not "":
                CodeRoles.WithArguments(value, sink);
                break;
            case "code" or "family" when value.Text is not "" && !IsHarmless(name, value.Text):
                sink.Add(Effect.ExecuteDynamic, Place.None, Risk.High, $"sets {name}, which changes what programs run", value);
                break;
            case "track" when !KeepsTrack(name, value.Text):
                sink.Add(Effect.HistoryRewrite, Place.Home, Risk.High, $"sets {name}, which keeps what is done from being recorded", value);
                break;
            case "prompt" when !value.IsKnown ? value.Prefix.AsSpan().IndexOfAny("$`") >= 0 : value.Text!.Contains("$(", StringComparison.Ordinal) || value.Text.Contains('`'):
                sink.Add(Effect.ExecuteDynamic, Place.None, Risk.High, $"sets {name}, a prompt that runs a command", value);
                break;
            case "route":
                sink.Add(Effect.NetworkOut, Place.Network, Risk.High, $"sets {name}, which changes whom programs talk to", value);
                break;
        }
    }

    /// <summary>Without it, what is done is not recorded.</summary>
    public static bool IsTrack(string name) => Kind(name) == "track";

    // A size that is not zero, or a file beside the usual one.
    private static bool KeepsTrack(string name, string? value) =>
        value is not null && (name is "HISTSIZE" or "HISTFILESIZE" or "SAVEHIST" ? int.TryParse(value, out var size) && size > 0
            : name is "HISTIGNORE" ? value is not ("*" or "*:*")
            : value.EndsWith("history", StringComparison.Ordinal));

    private static string? Kind(string name)
    {
        if (Kinds.TryGetValue(name, out var kind))
        {
            return kind;
        }

        if (name.Length == 0 || !Families.TryGetValue(name[0], out var families))
        {
            return null;
        }

        kind = null;
        foreach (var (prefix, family) in families)
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal) && (kind is null || family == "plain"))
            {
                kind = family;
            }
        }

        return kind;
    }

    // Settings of output only: LESS=-R, IFS=, and the like.
    private static bool IsHarmless(string name, string? value) => (name, value) switch
    {
        ("LESS", { } flags) => flags.StartsWith('-') && !flags.Any(static c => "oOkK|!".Contains(c)),
        ("IFS", _) => true,
        ("PYTHONWARNINGS", "ignore" or "default" or "error" or "always") => true,
        ("NODE_OPTIONS", { } flags) => flags.StartsWith("--max-old-space-size=", StringComparison.Ordinal) && !flags.Contains(' '),
        _ => false,
    };
}
