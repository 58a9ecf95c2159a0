using Lighthouse.Contracts;
using Lighthouse.Engine.Commands.Effects;

namespace Lighthouse.Engine.Commands.Programs.Reading;

/// <summary>What an argument means: the words that data files use for roles.</summary>
internal static class ArgumentRoles
{
    /// <summary>Every role a data file may name; checked by a test.</summary>
    public static IReadOnlySet<string> All { get; } = new HashSet<string>
    {
        "text", "chdir", "write-into", "guarded", "placeholder", "fish-script", "git-remote", "filter", "list", "read", "tree", "write", "pack", "link", "move", "delete", "delete-tree", "delete-to", "change-tree", "mode", "execute", "load", "script",
        "command", "env-command", "command-line", "remote-command", "command-until", "command-rest", "assignment", "alias", "fzf-bind", "tar-action", "tar-member", "sysctl", "pager-file",
        "sql", "sqlite", "sqlite-file", "python", "node", "perl", "ruby", "php", "lua", "r", "awk", "sed", "perl-module", "ruby-module", "php-setting", "git-config", "git-name", "revision-path", "cert-read",
        "tool", "script-with-arguments", "compiler-option", "source", "maven-goal", "maven-property", "output-pipe", "image-file", "image-source", "office-file", "backup-suffix", "python-setting", "python-module", "package-spec", "template", "gh-endpoint", "media-source", "media-file", "media-filter", "named-read", "named-text",
        "daemon", "mongo", "mongo-place", "aws-value", "kube-path", "git-refspec", "lookup", "url", "send", "host", "url-file", "method", "header", "gh-header", "route", "route-resolve", "route-connect", "route-hidden", "route-file", "at-file", "form", "http-item", "remote-from", "remote-to", "s3-from", "s3-to", "ssh-option", "socat-address", "plutil-format", "plutil-out",
    };

    public static void Read(string role, Word word, ReadingSink sink)
    {
        word = CodeWords.Are(role) ? CodeWords.Settle(role, word) : word;
        switch (role)
        {
            case ['!', ..]:
                // An argument whose mere presence has an effect: git config name value.
                sink.Add(EffectTerm.Parse(role[1..]));
                break;
            case "list":
                sink.Add(Path(word) ? sink.Paths.List(word, sink.Place, sink.Program) : null);
                break;
            case "chdir":
                Read("list", word, sink);
                sink.Move(word);
                break;
            case "read":
                sink.Add(Path(word) ? sink.Paths.Read(word, sink.Place, sink.Program) : null);
                break;
            case "tree":
                PathRoles.Tree(word, sink);
                break;
            case "write" or "write-into":
                sink.Add(Path(word) ? sink.Paths.Write(word, sink.Place, sink.Program) : null);
                break;
            case "move":
                PathRoles.Move(word, sink);
                break;
            case "delete":
                sink.Add(sink.Paths.Delete(word, sink.Place, recursive: false, sink.Program));
                break;
            case "delete-tree":
                sink.Add(sink.Paths.Delete(word, sink.Place, recursive: true, sink.Program));
                break;
            case "execute":
                Execute(word, byShell: false, sink);
                break;
            case "load":
                Load(word, sink);
                break;
            case "command" or "command-line":
                sink.Run([word]);
                break;
            case "link":
                PathRoles.Link(word, sink);
                break;
            case "pack":
                Read("tree", word, sink);
                Read("write", word, sink);
                break;
            case "delete-to":
                sink.Add(IsRemote(word) ? sink.Paths.Contact(word, sink.Place, sends: true, sink.Program) : sink.Paths.Delete(word, sink.Place, recursive: true, sink.Program));
                break;
            case "change-tree":
                PathRoles.ChangeTree(word, sink);
                break;
            case "script":
                sink.RunScript(word);
                break;
            case "assignment":
                EnvironmentVariables.Read(word, sink);
                break;
            case "mode":
                Mode(word, sink);
                break;
            case "guarded":
                Guarded(word, sink);
                break;
            case "text" or "placeholder" or "tar-member":
                break;
            case "sqlite-file":
                Read("read", word, sink);
                break;
            case "sql" or "sqlite":
                SqlText.Read(word, sink, isFile: role == "sqlite");
                break;
            case "awk":
                AwkProgram.Read(word, sink);
                break;
            case "sed":
                SedScript.Read(word, sink);
                break;
            case "git-config":
                GitSettings.Read(word, sink);
                break;
            case "filter" or "fish-script" or "git-remote" or "git-name" or "alias" or "fzf-bind" or "tar-action" or "sysctl" or "pager-file" or "perl-module" or "ruby-module" or "php-setting" or "cert-read" or "plutil-format" or "plutil-out":
                ProgramRoles.Read(role, word, sink);
                break;
            case "python" or "node" or "perl" or "ruby" or "php" or "lua" or "r":
                InlineCode.Read(role, word, sink);
                break;
            case "named-read":
                Read("read", word, sink);
                break;
            case "named-text":
                break;
            case var code when CodeRoles.Knows(code):
                CodeRoles.Read(code, word, sink);
                break;
            case var media when MediaRoles.Knows(media):
                MediaRoles.Read(media, word, sink);
                break;
            case var cloud when CloudRoles.Knows(cloud):
                CloudRoles.Read(cloud, word, sink);
                break;
            default:
                NetworkRoles.Read(role, word, sink);
                break;
        }
    }

    /// <summary>A lone dash is standard input or output.</summary>
    public static bool Path(Word word) => word.Text is not ("-" or "");

    private static bool IsRemote(Word word) => (word.Text ?? word.Prefix) is var text && text.IndexOf(':', StringComparison.Ordinal) > 0;

    /// <summary>A script that is run; a lone dash and its like is the program's input.</summary>
    public static void Execute(Word word, bool byShell, ReadingSink sink)
    {
        if (SpecialReadings.IsInput(word))
        {
            sink.RunInput();
            return;
        }

        if (!Path(word))
        {
            return;
        }

        sink.RunFile(word, byShell);

        var place = sink.Paths.PlaceOf(word, sink.Place);
        if (place is Place.Protected or Place.Credential)
        {
            sink.Add(sink.Paths.Read(word, sink.Place, sink.Program));
        }

        var (where, risk) = place == Place.Workspace ? (Place.Workspace, Risk.Medium) : (place, Risk.High);
        sink.Add(Effect.ExecuteDynamic, where, risk, $"runs the script {word.Text ?? word.Raw}", word);
    }

    // A configuration that can carry code: the project's own is as good as the project, another is a script.
    private static void Load(Word word, ReadingSink sink)
    {
        if (Path(word) && sink.Paths.PlaceOf(word, sink.Place) is var place and not Place.Workspace)
        {
            sink.Add(Effect.ExecuteDynamic, place, Risk.High, $"loads code or settings from {word.Text ?? word.Raw}", word);
        }
    }

    // An argument of no listed role: harmless unless it points at what must not be touched.
    private static void Guarded(Word word, ReadingSink sink)
    {
        if (word.Text is { } text && !text.Contains(' ') && text.AsSpan().IndexOfAny('/', '.') >= 0
            && sink.Paths.PlaceOf(word, sink.Place) is Place.Credential or Place.Protected)
        {
            sink.Add(sink.Paths.Read(word, sink.Place, sink.Program));
        }
    }

    private static void Mode(Word word, ReadingSink sink)
    {
        if (word.Text is { } mode && (mode.Contains('s') || (mode.Length == 4 && mode[0] is '2' or '4' or '6' or '7')))
        {
            sink.Add(Effect.Privilege, Place.None, Risk.High, "lets a file run with its owner's rights", word);
        }
    }
}
