using System.Collections.Frozen;
using System.Text.Json;
using Lighthouse.Contracts;
using Lighthouse.Engine.Commands.Effects;

namespace Lighthouse.Engine.Commands.Programs.Reading;

/// <summary>
/// Options that no data file lists. Programs name them alike, so the words of the name say whether it may run, delete, send or write:
/// <c>options.json</c>. In a strict command every such option is unknown.
/// </summary>
internal static class UnlistedOptions
{
    private static readonly Dictionary<string, EffectTerm> Terms = new(StringComparer.OrdinalIgnoreCase);
    private static readonly FrozenSet<string> Negations;
    private static readonly FrozenSet<string> Endings;
    private static readonly FrozenSet<string> Shows;
    private static readonly FrozenSet<string> Secrets;
    private static readonly FrozenSet<string> Files;
    private static readonly FrozenSet<string> Places;
    private static readonly FrozenSet<string> Tools;

    static UnlistedOptions()
    {
        using var stream = typeof(UnlistedOptions).Assembly.GetManifestResourceStream("Lighthouse.Engine.Commands.Programs.options.json")!;
        using var data = JsonDocument.Parse(stream);
        foreach (var words in data.RootElement.GetProperty("words").EnumerateObject())
        {
            foreach (var word in words.Name.Split(' '))
            {
                Terms.Add(word, EffectTerm.Parse(words.Value.GetString()!));
            }
        }

        Negations = Set("negations");
        Endings = Set("endings");
        Shows = Set("shows");
        Secrets = Set("secrets");
        Files = Set("files");
        Places = Set("places");
        Tools = Set("tools");

        FrozenSet<string> Set(string name) => data.RootElement.GetProperty(name).GetString()!.Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    }

    public static void Read(UnlistedOption given, CommandSpec spec, ReadingSink sink)
    {
        var word = given.Word;
        if (spec.Strict)
        {
            sink.Add(Effect.Unknown, Place.None, Risk.Medium, $"uses the option {word.Text ?? word.Raw} of {spec.Name}, which is not known", word);
            return;
        }

        var text = word.Text ?? word.Prefix;
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var value = equals > 0 ? word with { Text = word.IsKnown ? text[(equals + 1)..] : null, Prefix = text[(equals + 1)..] } : (Word?)null;
        if (value is { } attached)
        {
            ArgumentRoles.Read("guarded", attached, sink);
            MayWrite(attached, spec, sink);
        }
        else if (text is ['-', not '-', ..] && text.AsSpan(1).IndexOfAny('/', '~') is > 0 and < 5 and var from)
        {
            // -l/etc/x
            MayWrite(word with { Text = word.IsKnown ? text[(from + 1)..] : null, Prefix = text[(from + 1)..] }, spec, sink);
        }
        else if (!word.IsKnown)
        {
            sink.Add(Effect.Unknown, Place.None, Risk.Medium, $"uses an option of {spec.Name} that is not known beforehand", word);
            return;
        }

        var name = (equals > 0 ? text.AsSpan(0, equals) : text).TrimStart('-');
        if (text.StartsWith("--", StringComparison.Ordinal) || spec.WholeWords || name.Length > 3)
        {
            Judge(name, value ?? given.Next, word, spec, sink);
        }
        else if (name is "o" or "O")
        {
            WriteTo(given.Next, sink);
        }
    }

    private static void Judge(ReadOnlySpan<char> name, Word? value, Word at, CommandSpec spec, ReadingSink sink)
    {
        if (Endings.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name[(name.LastIndexOfAny('-', '_') + 1)..]))
        {
            return;
        }

        var terms = Terms.GetAlternateLookup<ReadOnlySpan<char>>();
        bool shows = false, file = false, onlyFiles = true;
        foreach (var range in name.SplitAny('-', '_', '.', ':'))
        {
            var part = name[range];
            if (Negations.GetAlternateLookup<ReadOnlySpan<char>>().Contains(part))
            {
                return;
            }

            if (terms.TryGetValue(part, out var term) || (shows && Secrets.GetAlternateLookup<ReadOnlySpan<char>>().Contains(part) && terms.TryGetValue("reveal", out term)))
            {
                sink.Add(term.Effect, term.Place, term.Risk, $"uses the option {at.Text ?? at.Raw} of {spec.Name}, which {term.Why}", at);
                return;
            }

            if (value is { } named && Tools.GetAlternateLookup<ReadOnlySpan<char>>().Contains(part))
            {
                ArgumentRoles.Read("tool", named, sink);
            }

            shows |= Shows.GetAlternateLookup<ReadOnlySpan<char>>().Contains(part);
            var names = Files.GetAlternateLookup<ReadOnlySpan<char>>().Contains(part);
            file |= names;
            onlyFiles &= names || Places.GetAlternateLookup<ReadOnlySpan<char>>().Contains(part);
        }

        if (file && onlyFiles)
        {
            WriteTo(value, sink);
        }
    }

    // What a program writes files with may be where it writes them.
    private static void MayWrite(Word value, CommandSpec spec, ReadingSink sink)
    {
        if (Array.Exists(spec.Does, static term => term.Effect is Effect.WriteWorkspace or Effect.WriteOutside) && CodeRoles.IsPath(value.Text ?? value.Prefix)
            && sink.Paths.Write(value, sink.Place, sink.Program) is { Risk: > Risk.Low } write)
        {
            sink.Add(write with { Why = $"gives an option that is not known a path: {write.Why}" });
        }
    }

    // A format (--output json) is no file: only what looks like a path counts.
    private static void WriteTo(Word? value, ReadingSink sink)
    {
        if (value is { } word && (word.Text ?? word.Prefix) is var text && (text.AsSpan().IndexOfAny('/', '~') >= 0 || text.Contains("..", StringComparison.Ordinal))
            && !text.Contains("://", StringComparison.Ordinal))
        {
            ArgumentRoles.Read("write", word, sink);
        }
    }
}
