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
            ReadBeforeHelp(parsed, sink);
            return;
        }

        if (parsed.UnknownSubcommand is { } unknown)
        {
            sink.Add(Effect.Unknown, Place.None, Risk.Medium, $"{parsed.Spec.Name} {unknown.Text ?? unknown.Raw} is not known", unknown);
        }

        if (parsed.PossibleOption is { } possible && parsed.Spec.Option(static option => option.CanHarm) is { } harmful)
        {
            sink.Add(Effect.Unknown, Place.None, Risk.Medium, $"has a word that is not known beforehand where an option could stand, such as {harmful.Name}", possible);
        }

        ReadOptions(parsed, sink);
        ReadLoads(parsed.Spec.Loads, sink);
        ReadPositionals(parsed, sink);
        ReadNested(parsed, sink);
        if (parsed.Spec.Special is { } special)
        {
            SpecialReadings.Read(special, parsed, sink);
        }
    }

    // Where everybody may write, anybody may have left settings that such a program runs.
    public static void ReadLoads(string kind, ReadingSink sink)
    {
        sink.Loads = kind;
        if (kind.Length > 0 && sink.Directory is { } directory && sink.Paths.PlaceOf(new Word(directory, directory, 0, 0), sink.Place) == Place.Temporary)
        {
            sink.Add(Effect.ExecuteDynamic, Place.Temporary, Risk.High, $"takes settings that can run code from {directory}, where everybody may write", new Word(directory, directory, sink.Command.Start, sink.Command.Length));
        }
    }

    // git -c core.pager=… --help: an option that runs something does so for the help text too.
    private static void ReadBeforeHelp(ParsedCommand parsed, ReadingSink sink)
    {
        foreach (var given in parsed.Options)
        {
            foreach (var term in given.Option.Does)
            {
                if (term.Effect == Effect.ExecuteDynamic)
                {
                    sink.Add(term);
                }
            }

            if (given is { Option.Role: "script" or "execute" or "load" or "git-config" or "assignment" or "alias" or "python" or "node" or "perl" or "ruby" or "php" or "lua" or "r", Value: { } value })
            {
                ArgumentRoles.Read(given.Option.Role, value, sink);
            }
        }
    }

    private static void ReadOptions(ParsedCommand parsed, ReadingSink sink)
    {
        var spec = parsed.Spec;
        var replaced = IsReplaced(parsed);
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
                ArgumentRoles.Read(role == "text" && IsPath(value) ? "guarded" : role, value, sink);
                if (role == "text")
                {
                    ReadParts(value, sink);
                }
            }
        }

        // What looks like an option of find is its expression.
        foreach (var unlisted in spec.Special == "find" ? [] : parsed.UnlistedOptions)
        {
            UnlistedOptions.Read(unlisted, spec, sink);
        }
    }

    // "only" holds unless it is taken back, unless the letter means something else beside operands, and unless options stand there that nobody knows.
    private static bool IsReplaced(ParsedCommand parsed)
    {
        var spec = parsed.Spec;
        if (parsed.ActsAfterAll)
        {
            return false;
        }

        var runsCode = Array.Exists(spec.Does, static term => term.Effect == Effect.ExecuteDynamic);
        var isGrave = Array.Exists(spec.Does, static term => term.Risk >= Risk.High || term.Effect == Effect.PackageInstall);
        foreach (var given in parsed.Options)
        {
            if (given.Option is { Replaces: true } option
                && !(runsCode && parsed.Positionals.Count > 0 && option is { Role: null, Arguments: null } && Array.TrueForAll(option.Does, static term => term.Effect == Effect.Read))
                && !(isGrave && parsed.UnlistedOptions.Count > 0 && !option.Name.StartsWith("--", StringComparison.Ordinal)))
            {
                return !parsed.UnlistedOptions.Exists(unlisted => unlisted.Word.Text is ['-', '-', 'n', 'o', '-', .. var name] && spec.Option("--" + name) is { Replaces: true });
            }
        }

        return false;
    }

    // Whatever the option means: a value that begins like a path may be opened.
    private static bool IsPath(Word value) => value.Text is ['/' or '~', ..] or ['.', '/', ..] or ['.', '.', '/', ..];

    private static readonly System.Buffers.SearchValues<char> Prose = System.Buffers.SearchValues.Create(" \n<>(){}");

    // --from-file=name=.env, --filter file://x, -v /etc/shadow:/x: a part of the value may be opened as well.
    private static void ReadParts(Word value, ReadingSink sink)
    {
        if (value.Text is not { Length: < 1_024 } text || text.AsSpan().IndexOfAny(Prose) >= 0 || text.AsSpan().IndexOfAny('=', ':', '@') < 0 || text.AsSpan().IndexOfAny('/', '.') < 0)
        {
            return;
        }

        foreach (var part in text.Split('=', ':', '@', ','))
        {
            if (part.Length < text.Length)
            {
                ArgumentRoles.Read("guarded", value with { Text = part }, sink);
            }
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
                var role = roles.At(i, parsed.Positionals.Count) ?? "guarded";
                ArgumentRoles.Read(role, word, sink);
                if (role == "write-into")
                {
                    ReadLanding(parsed.Positionals, word, sink);
                }
            }
        }
    }

    // Where the last name is a directory, what is copied keeps its own name in it, and all below it comes along.
    private static void ReadLanding(List<Word> positionals, Word directory, ReadingSink sink)
    {
        foreach (var source in positionals)
        {
            if (source.Text is not { Length: > 1 } text || (directory.Text ?? directory.Shape?.Pattern) is not { } into || source.Equals(directory))
            {
                continue;
            }

            var landing = into.TrimEnd('/') + "/" + text.TrimEnd('/')[(text.TrimEnd('/').LastIndexOf('/') + 1)..];
            foreach (var path in (ReadOnlySpan<string>)[landing, landing + "/x"])
            {
                if (sink.Paths.Write(directory with { Text = path, HasGlob = source.HasGlob || directory.Shape is not null }, sink.Place, sink.Program) is { Risk: > Risk.Low } write)
                {
                    sink.Add(write with { Target = directory.IsKnown ? landing : directory.Raw });
                }
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
            var text = parsed.Nested.All(static word => word is { IsKnown: true, HasGlob: false }) ? string.Join(' ', parsed.Nested.Select(static word => word.Text)) : null;
            sink.RunScript(text);
        }
        else if (parsed.Spec.Special is not ("xargs" or "fd"))
        {
            sink.Run(parsed.Nested, elsewhere: parsed.Spec.Special is "needs-command");
        }
    }

    private static bool AsksVersion(ParsedCommand parsed, IReadOnlyList<Word> arguments) =>
        // Only of the program itself: compose down -v deletes volumes. A short letter only where the program can do nothing without a subcommand.
        parsed is { Spec: { Help: true, Parent: null }, UnlistedOptions.Count: 1 } && arguments.Count == 1
        && (arguments[0].Text is "--version" or "-version" || (arguments[0].Text is "-V" or "-v" && parsed.Spec is { HasSubcommands: true, TakesArguments: false }));
}
