using Lighthouse.Contracts;
using Lighthouse.Engine.Commands.Effects;

namespace Lighthouse.Engine.Commands.Programs.Reading;

/// <summary>Programs whose arguments depend on each other in ways the data files cannot say.</summary>
internal static class SpecialReadings
{
    public static IReadOnlySet<string> All { get; } = new HashSet<string> { "find", "tar", "xargs", "shell", "python", "node", "perl", "ruby", "php", "lua", "r", "git-push", "make", "parallel", "curl", "ifconfig", "sql-client", "fd", "script", "needs-command", "gh-api", "nc", "other-language", "wget", "tmux", "kubectl-secret" };

    public static void Read(string special, ParsedCommand parsed, ReadingSink sink)
    {
        switch (special)
        {
            case "find":
                FindExpression.Read(sink);
                break;
            case "tar":
                TarOperation.Read(parsed, sink);
                break;
            case "xargs":
                ReadXargs(parsed, sink);
                break;
            case "shell":
                InterpreterReadings.ReadShell(parsed, sink);
                break;
            case "git-push":
                ReadPush(parsed, sink);
                break;
            case "make":
                ReadMake(parsed, sink);
                break;
            case "parallel":
                ReadParallel(parsed, sink);
                break;
            case "curl":
                DownloadReadings.ReadCurl(parsed, sink);
                break;
            case "ifconfig" when parsed.Positionals.Count > 1 || (parsed.Positionals.Count == 1 && parsed.UnlistedOptions.Count > 0):
                sink.Add(EffectTerm.Parse("system: changes the network"));
                break;
            case "ifconfig":
                break;
            case "script" when parsed.Nested.Count == 0 && !parsed.Has("-p") && parsed.Value("-c", "--command") is null:
                sink.Dynamic("starts a shell and records it");
                break;
            case "script":
                break;
            case "needs-command" when parsed.Nested.Count == 0:
                sink.Add(EffectTerm.Parse("infra: opens a container"));
                break;
            case "needs-command":
                break;
            case "kubectl-secret" when parsed.Has("-o") || parsed.Has("--output") || parsed.Has("--template"):
                sink.Add(EffectTerm.Parse("secret: shows secrets of a cluster"));
                break;
            case "kubectl-secret":
                break;
            case "nc" when parsed.Positionals is [.., { Text: { } host }, { Text: { } port }]:
                sink.Add(sink.Paths.Contact(parsed.Positionals[^2] with { Text = $"{host}:{port}" }, sink.Place, sends: true, sink.Program));
                break;
            case "nc" when parsed.Positionals.Exists(static word => !word.IsKnown):
                sink.Add(Effect.NetworkOut, Place.Network, Risk.Medium, "speaks to an address that is put together from something else");
                break;
            case "nc":
                break;
            case "gh-api":
                ReadGitHubCall(parsed, sink);
                break;
            case "fd":
                ReadFd(parsed, sink);
                break;
            case "other-language" when parsed.Positionals.TrueForAll(IsInput) && !parsed.Options.Exists(static given => given.Option.Replaces):
                sink.RunInput();
                break;
            case "other-language":
                if (parsed.Positionals.Count > 0)
                {
                    sink.RunFile(parsed.Positionals[0], byShell: false);
                }

                break;
            case "wget" when parsed.Value("-O", "--output-document") is null && !parsed.Has("--spider"):
                DownloadReadings.SavedUnderRemoteName(parsed, sink);
                break;
            case "wget":
                break;
            case "tmux" when sink.Command.Arguments.Any(static word => (word.Text ?? word.Prefix).Contains("#(", StringComparison.Ordinal)):
                sink.Dynamic("has a format that runs a command");
                break;
            case "tmux":
                break;
            case "sql-client":
                ReadSqlClient(parsed, sink);
                break;
            default:
                InterpreterReadings.Read(special, parsed, sink);
                break;
        }
    }

    // Of a known input of xargs; a longer one is judged as unknown.
    private const int MaxLines = 16;

    private static readonly Word Found = new(null, "{}", 0, 0) { Names = [] };

    private static void ReadXargs(ParsedCommand parsed, ReadingSink sink)
    {
        if (parsed.Nested.Count == 0)
        {
            return;
        }

        var placeholder = parsed.Value("-I", "--replace", "-i", "-J")?.Text ?? (parsed.Has("-i") || parsed.Has("--replace") ? "{}" : null);
        var known = sink.Command.StandardInput is { } input && placeholder is null
            ? input.Split([' ', '\t', '\n', '\0'], StringSplitOptions.RemoveEmptyEntries).Select(item => Found with { Text = item, Raw = item })
            : null;
        if (placeholder is not null && sink.Command.StandardInput is { } lines && lines.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is { Length: > 0 and <= MaxLines } items)
        {
            foreach (var item in items)
            {
                sink.Run([.. parsed.Nested.Select(word => word.Text is { } text ? word with { Text = text.Replace(placeholder, item, StringComparison.Ordinal) } : word)]);
            }

            return;
        }

        IEnumerable<Word> words = placeholder is null
            ? parsed.Nested.Concat(known ?? [])
            : parsed.Nested.Select(word => word.Text is { } text && text.Contains(placeholder, StringComparison.Ordinal)
                ? new Word(null, text, word.Start, word.Length)
                {
                    Names = sink.Command.InputNames is not { } names ? null : text == placeholder || names.Count == 0 ? names : [word with { Text = text.Replace(placeholder, "**", StringComparison.Ordinal), HasGlob = true }],
                }
                : word);
        sink.Run([.. words], appendsUnknown: known is null && placeholder is null);
    }

    /// <summary>Standard input under any of its names.</summary>
    public static bool IsInput(Word word) => word.Text is "-" or "/dev/stdin" or "/dev/fd/0" or "/proc/self/fd/0";

    // +branch forces, :branch deletes, both without an option.
    private static void ReadPush(ParsedCommand parsed, ReadingSink sink)
    {
        foreach (var word in parsed.Positionals.Skip(1))
        {
            if (word.Text is { Length: > 1 } text && text[0] is '+' or ':')
            {
                sink.Add(Effect.HistoryRewrite, Place.Network, Risk.High, text[0] == '+' ? "overwrites a branch on the server" : "deletes a branch on the server", word);
            }
        }
    }

    private static void ReadMake(ParsedCommand parsed, ReadingSink sink)
    {
        foreach (var word in parsed.Positionals)
        {
            if (word.Text?.Contains('=') == true)
            {
                EnvironmentVariables.Read(word, sink);
            }
        }
    }

    private static void ReadParallel(ParsedCommand parsed, ReadingSink sink)
    {
        var words = parsed.Positionals.TakeWhile(static word => word.Text is not (":::" or "::::" or ":::+" or "::::+")).ToArray();
        if (words.Length == 0)
        {
            sink.RunInput();
        }
        else if (words.Length == 1 && (words[0].Text ?? " ").AsSpan().IndexOfAny(" {") >= 0)
        {
            sink.RunScript(words[0]);
        }
        else
        {
            sink.Run([.. words, Found], appendsUnknown: true);
        }
    }

    // Fields make a call a POST unless the method says otherwise; a GraphQL query is read by its first word.
    private static void ReadGitHubCall(ParsedCommand parsed, ReadingSink sink)
    {
        var method = parsed.Value("-X", "--method")?.Text;
        var graphQl = parsed.Positionals is [{ Text: "graphql" }, ..];
        foreach (var given in parsed.Options)
        {
            if (given is not { Option.Role: "form", Value: { } field })
            {
                continue;
            }

            var reads = method is "GET" || (graphQl && field.Text is { } text && !text.Contains("mutation", StringComparison.OrdinalIgnoreCase) && !text.Contains('@'));
            if (!reads)
            {
                sink.Add(Effect.NetworkOut, Place.Network, Risk.Medium, "changes something on GitHub", field);
            }
        }
    }

    // fd -x command: what is found is appended where no {} stands.
    private static void ReadFd(ParsedCommand parsed, ReadingSink sink)
    {
        if (parsed.Nested.Count > 0 && !parsed.Nested.Any(static word => word.Text?.Contains('{') == true))
        {
            var root = parsed.Positionals.Count > 1 ? parsed.Positionals[1].Text : ".";
            sink.Run([.. parsed.Nested, new Word(root is null ? null : root.TrimEnd('/') + "/**", "{}", sink.Command.Start, sink.Command.Length, HasGlob: true)]);
        }
        else if (parsed.Nested.Count > 0)
        {
            sink.Run(parsed.Nested);
        }
    }

    // Without a statement these wait for statements on their input.
    private static void ReadSqlClient(ParsedCommand parsed, ReadingSink sink)
    {
        var file = parsed.Spec.Arguments.First is ["sqlite-file"];
        if (parsed.Options.Exists(static given => given.Option.Role is "sql" or "sqlite" or "execute" or "script" || given.Option.Replaces) || (file && parsed.Positionals.Count > 1))
        {
            return;
        }

        if (sink.Command.StandardInput is { } statements)
        {
            ArgumentRoles.Read(file ? "sqlite" : "sql", new Word(statements, statements, sink.Command.Start, sink.Command.Length), sink);
        }
        else
        {
            sink.RunInput();
        }
    }
}
