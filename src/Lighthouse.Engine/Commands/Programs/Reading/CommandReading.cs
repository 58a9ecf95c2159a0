using Lighthouse.Contracts;
using Lighthouse.Engine.Commands.Effects;

namespace Lighthouse.Engine.Commands.Programs.Reading;

/// <summary>From parsed arguments to effects.</summary>
internal static class CommandReading
{
    public static void Read(CommandSpec spec, ReadingSink sink)
    {
        var parsed = ArgumentParser.Parse(spec, sink.Command.Arguments);
        if (parsed.ShowsHelp || AsksVersion(parsed, sink.Command.Arguments))
        {
            sink.Add(EffectTerm.Nothing with { Why = "shows help" });
            return;
        }

        if (parsed.UnknownSubcommand is { } unknown)
        {
            sink.Add(Effect.Unknown, Place.None, Risk.Medium, $"{parsed.Spec.Name} {unknown.Text ?? unknown.Raw} is not known", unknown);
        }

        ReadOptions(parsed, sink);
        ReadPositionals(parsed, sink);
        ReadNested(parsed, sink);
        if (parsed.Spec.Special is { } special)
        {
            SpecialReadings.Read(special, parsed, sink);
        }
    }

    private static void ReadOptions(ParsedCommand parsed, ReadingSink sink)
    {
        var spec = parsed.Spec;
        var replaced = parsed.Options.Exists(static given => given.Option.Replaces);
        var bare = parsed.OwnArguments == 0 && spec.Bare is not null;
        if (!replaced && parsed.UnknownSubcommand is null)
        {
            foreach (var term in bare ? spec.Bare! : spec.Does)
            {
                sink.Add(term);
            }

            if (!bare && !spec.TakesArguments && spec.HasSubcommands && parsed.NestedRole is null)
            {
                sink.Add(EffectTerm.Nothing with { Why = "shows help" });
            }
        }

        foreach (var given in parsed.Options)
        {
            foreach (var term in given.Option.Does)
            {
                sink.Add(term);
            }

            if (given is { Option.Role: { } role, Value: { } value })
            {
                ArgumentRoles.Read(role, value, sink);
            }
        }

        foreach (var word in parsed.UnknownOptions)
        {
            if (spec.Strict)
            {
                sink.Add(Effect.Unknown, Place.None, Risk.Medium, $"uses the option {word.Text ?? word.Raw} of {spec.Name}, which is not known", word);
            }
            else if (spec.Special is not "find")
            {
                ReadUnlisted(word, sink);
            }
        }
    }

    private static void ReadUnlisted(Word word, ReadingSink sink)
    {
        var text = word.Text ?? word.Prefix;
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? text : text[..equals];
        if (OptionNames.SaysItActs(name))
        {
            sink.Add(Effect.Unknown, Place.None, Risk.Medium, $"uses {name}, an option of {sink.Program} that is not known and may run or send something", word);
        }

        if (equals > 0 && word.Text is not null)
        {
            var value = word with { Text = text[(equals + 1)..] };
            var writes = OptionNames.SaysItWrites(name) && value.Text.AsSpan().IndexOfAny("/.~") >= 0;
            ArgumentRoles.Read(writes ? "write" : "guarded", value, sink);
        }
    }

    private static void ReadPositionals(ParsedCommand parsed, ReadingSink sink)
    {
        var roles = parsed.Roles;
        for (var i = 0; i < parsed.Positionals.Count; i++)
        {
            var word = parsed.Positionals[i];
            if ((word.Text ?? word.Prefix) is var text && text.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals
                && parsed.Spec.Option(text[..(equals + 1)]) is { Role: { } operand } option)
            {
                // dd of=path: an operand that is spelt like an option.
                var value = text[(equals + 1)..];
                ArgumentRoles.Read(operand, word.IsKnown ? word with { Text = value } : word with { Prefix = value }, sink);
                foreach (var term in option.Does)
                {
                    sink.Add(term);
                }
            }
            else
            {
                ArgumentRoles.Read(roles.At(i, parsed.Positionals.Count) ?? "guarded", word, sink);
            }
        }
    }

    private static void ReadNested(ParsedCommand parsed, ReadingSink sink)
    {
        foreach (var assignment in parsed.Assignments)
        {
            EnvironmentVariables.Read(assignment, sink);
        }

        if (parsed.Nested.Count == 0)
        {
            return;
        }

        if (parsed.NestedRole is "command-line" or "remote-command")
        {
            // These programs join their arguments with blanks and give the text to a shell.
            var text = parsed.Nested.All(static word => word.IsKnown) ? string.Join(' ', parsed.Nested.Select(static word => word.Text)) : null;
            sink.RunScript(text);
        }
        else if (parsed.Spec.Special is not ("xargs" or "fd"))
        {
            sink.Run(parsed.Nested);
        }
    }

    private static bool AsksVersion(ParsedCommand parsed, IReadOnlyList<Word> arguments) =>
        // Only of the program itself: compose down -v deletes volumes. A short letter only where the program can do nothing without a subcommand.
        parsed is { Spec: { Help: true, Parent: null }, UnknownOptions.Count: 1 } && arguments.Count == 1
        && (arguments[0].Text is "--version" or "-version" || (arguments[0].Text is "-V" or "-v" && parsed.Spec is { HasSubcommands: true, TakesArguments: false }));
}
