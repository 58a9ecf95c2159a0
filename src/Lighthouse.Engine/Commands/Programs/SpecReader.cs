using System.Text.Json;

namespace Lighthouse.Engine.Commands.Programs;

/// <summary>Compiles an entry of a data file. The short form of a command is <c>effect (roles): why</c>; the long form an object.</summary>
internal sealed class SpecReader(Func<string, CommandSpec?> resolve, IReadOnlyDictionary<string, JsonElement> fragments)
{
    public CommandSpec Read(string name, JsonElement entry, CommandSpec? parent)
    {
        if (entry.ValueKind == JsonValueKind.String && entry.GetString() is ['@', ..] fragment)
        {
            // A fragment may name itself: subcommands are compiled only when they are met.
            return Read(name, fragments[fragment[1..]], parent);
        }

        if (entry.ValueKind == JsonValueKind.String)
        {
            return Short(name, entry.GetString()!, parent);
        }

        var options = new Dictionary<string, OptionSpec>();
        var spec = new CommandSpec
        {
            Name = name,
            Parent = parent,
            Does = Terms(entry, "does") ?? [],
            Bare = Terms(entry, "bare"),
            Arguments = entry.TryGetProperty("args", out var roles) ? Roles.Parse(roles.GetString()!) : Roles.None,
            Options = options,
            Strict = Flag(entry, "strict", parent?.Strict ?? false),
            Help = Flag(entry, "help", parent?.Help ?? true),
            Bundled = Flag(entry, "bundled", false),
            WholeWords = Flag(entry, "wholeWords", parent?.WholeWords ?? false),
            Posix = Flag(entry, "posix", false),
            Special = entry.TryGetProperty("special", out var special) ? special.GetString() : null,
            Loads = entry.TryGetProperty("loads", out var loads) ? loads.GetString()! : parent?.Loads ?? "",
        };
        if (entry.TryGetProperty("options", out var list))
        {
            foreach (var option in list.EnumerateObject())
            {
                foreach (var alias in option.Name.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                {
                    if (alias.EndsWith('*'))
                    {
                        spec.OptionPatterns.Add((alias[..^1], Option(alias, option.Value.GetString()!)));
                    }
                    else
                    {
                        options[alias] = Option(alias, option.Value.GetString()!);
                    }
                }
            }
        }

        Subcommands(entry, spec);
        if (entry.TryGetProperty("use", out var used))
        {
            // The subcommands of a fragment, after those of the entry itself.
            Subcommands(fragments[used.GetString()!], spec);
        }

        return spec;
    }

    private void Subcommands(JsonElement entry, CommandSpec spec)
    {
        if (!entry.TryGetProperty("sub", out var subcommands))
        {
            return;
        }

        foreach (var child in subcommands.EnumerateObject())
        {
            foreach (var alias in child.Name.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                var lazy = new Lazy<CommandSpec>(() => Read($"{spec.Name} {alias}", child.Value, spec));
                if (alias.Contains('*'))
                {
                    spec.SubcommandPatterns.Add((alias, lazy));
                }
                else
                {
                    spec.Subcommands.TryAdd(alias, lazy);
                }
            }
        }
    }

    private CommandSpec Short(string name, string text, CommandSpec? parent)
    {
        if (text.StartsWith("= ", StringComparison.Ordinal))
        {
            return resolve(text[2..]) ?? throw new InvalidDataException($"{name} refers to '{text[2..]}', which does not exist.");
        }

        var (does, roles) = Parts(text);
        return new CommandSpec
        {
            Name = name, Parent = parent, Does = does, Arguments = roles ?? Roles.None,
            Strict = parent?.Strict ?? false, Help = parent?.Help ?? true, WholeWords = parent?.WholeWords ?? false,
            Loads = parent?.Loads ?? "",
        };
    }

    // "<role>" takes a value, "<role?>" only an attached one; "only …" replaces the effects; "(…)" replaces the roles.
    private static OptionSpec Option(string name, string text)
    {
        string? role = null;
        var attached = false;
        if (text.StartsWith('<'))
        {
            var end = text.IndexOf('>', StringComparison.Ordinal);
            attached = text[end - 1] == '?';
            role = text[1..(attached ? end - 1 : end)];
            text = text[(end + 1)..].Trim();
        }

        var replaces = text.StartsWith("only ", StringComparison.Ordinal);
        var (does, roles) = Parts(replaces ? text[5..] : text);
        return new OptionSpec(name, role, attached, replaces, does, roles);
    }

    private static (EffectTerm[] Does, Roles? Roles) Parts(string text)
    {
        var colon = text.IndexOf(": ", StringComparison.Ordinal);
        var open = text.IndexOf('(', StringComparison.Ordinal);
        Roles? roles = null;
        if (open >= 0 && (colon < 0 || open < colon))
        {
            var close = text.IndexOf(')', open);
            roles = Roles.Parse(text[(open + 1)..close]);
            text = text[..open].TrimEnd() + text[(close + 1)..];
        }

        return (string.IsNullOrWhiteSpace(text) ? [] : [EffectTerm.Parse(text)], roles);
    }

    private static EffectTerm[]? Terms(JsonElement entry, string property)
    {
        if (!entry.TryGetProperty(property, out var value))
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Select(static one => EffectTerm.Parse(one.GetString()!))]
            : [EffectTerm.Parse(value.GetString()!)];
    }

    private static bool Flag(JsonElement entry, string property, bool otherwise) =>
        entry.TryGetProperty(property, out var value) ? value.GetBoolean() : otherwise;
}
