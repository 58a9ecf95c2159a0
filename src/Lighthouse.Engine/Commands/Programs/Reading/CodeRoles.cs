using System.Buffers;
using Lighthouse.Contracts;
using Lighthouse.Engine.Commands.Effects;

namespace Lighthouse.Engine.Commands.Programs.Reading;

/// <summary>Arguments that name a program, a plug-in or a file to write only in some of their forms.</summary>
internal static class CodeRoles
{
    private static readonly string[] Endings = [".py", ".sh", ".js", ".cjs", ".mjs", ".ts", ".lua", ".so", ".dll", ".dylib", ".jar", ".rb", ".pl", ".php"];

    private static readonly SearchValues<char> ShellLetters = SearchValues.Create("\"'`$\\;|&<>(){}*?[]#~\n");

    // Options whose paths only say where to look, or how to name things.
    private static readonly string[] ReadByCompilers =
        ["-rpath", "prefix-map", "profile-use", "profile-sample-use", "map-file", "-list=", "module-file", "sysroot", "-dynamic-linker", "-L/", "version-script", "incremental=", "target-cpu"];

    private static readonly HashSet<string> ReadingGoals =
    [
        "dependency:tree", "dependency:list", "dependency:analyze", "dependency:resolve", "help:effective-pom", "help:describe", "help:active-profiles", "help:effective-settings", "help:system",
        "versions:display-dependency-updates", "versions:display-plugin-updates",
    ];

    public static bool Knows(string role) => role is "tool" or "script-with-arguments" or "compiler-option" or "source" or "maven-goal" or "maven-property" or "output-pipe" or "image-file" or "image-source" or "office-file"
        or "backup-suffix" or "python-setting" or "package-spec" or "template";

    public static void Read(string role, Word word, ReadingSink sink)
    {
        var text = word.Text ?? word.Prefix;
        switch (role)
        {
            case "tool":
                if (!word.IsKnown || IsPath(text) || Array.Exists(Endings, ending => text.EndsWith(ending, StringComparison.OrdinalIgnoreCase)))
                {
                    ArgumentRoles.Execute(word, byShell: false, sink);
                }

                break;
            case "script-with-arguments":
                WithArguments(word, sink);
                break;
            case "compiler-option":
                CompilerOption(word, text, sink);
                break;
            case "source" when text.StartsWith('@'):
                sink.Dynamic("takes more options from a file", word);
                break;
            case "source":
                ArgumentRoles.Read("read", word, sink);
                break;
            case "maven-goal" when !ReadingGoals.Contains(text):
                sink.Add(EffectTerm.Parse("project: builds or runs the project's code"));
                break;
            case "maven-property":
                MavenProperty(word, text, sink);
                break;
            case "output-pipe" when text.StartsWith("%pipe%", StringComparison.Ordinal):
                sink.RunScript(word with { Text = word.IsKnown ? text[6..] : null });
                break;
            case "output-pipe" when text is ['|' or '!', ..]:
                sink.RunScript(word with { Text = word.IsKnown ? text[1..] : null });
                break;
            case "output-pipe":
                ArgumentRoles.Read("write", word, sink);
                break;
            case "image-file" or "image-source" when text.StartsWith('|'):
                sink.RunScript(word with { Text = word.IsKnown ? text[1..] : null });
                break;
            case "image-file" or "image-source" when text.StartsWith("msl:", StringComparison.OrdinalIgnoreCase) || text.StartsWith("ephemeral:", StringComparison.OrdinalIgnoreCase):
                sink.Dynamic("reads a script or deletes what it reads", word);
                break;
            case "image-source":
                ArgumentRoles.Read("url-file", word, sink);
                break;
            case "image-file":
                ArgumentRoles.Read("write", word, sink);
                break;
            case "office-file" when text.StartsWith("macro:", StringComparison.OrdinalIgnoreCase) || text.StartsWith("vnd.sun.star", StringComparison.OrdinalIgnoreCase):
                sink.Dynamic("runs a macro", word);
                break;
            case "office-file":
                ArgumentRoles.Read("write", word, sink);
                break;
            case "package-spec" when !word.IsKnown || IsPath(text) || text is "." or ".." || (text is not ['@', ..] && text.AsSpan().IndexOfAny('/', ':') >= 0):
                // Of a package from elsewhere than the registry, the client runs scripts that prepare it.
                sink.Dynamic("prepares a package that does not come from the registry", word);
                break;
            case "template" when text.Contains("{{", StringComparison.Ordinal) || text.Contains("{%", StringComparison.Ordinal):
                sink.Dynamic("gives a template that can run programs here", word);
                break;
            case "backup-suffix" when text.Contains('/') || !word.IsKnown:
                // sed -i'dir/*': the star stands for the file's name.
                ArgumentRoles.Read("write", word.IsKnown ? word with { Text = text.Replace("*", "x", StringComparison.Ordinal) } : word, sink);
                break;
            case "python-setting" when text.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals && text.StartsWith("pycache", StringComparison.Ordinal):
                ArgumentRoles.Read("write", word with { Text = word.IsKnown ? text[(equals + 1)..] : null, Prefix = text[(equals + 1)..] }, sink);
                break;
        }
    }

    /// <summary>It says where something lies, and not merely what it is called.</summary>
    public static bool IsPath(string text) => text is ['/' or '~', ..] or ['.', '/', ..] or ['.', '.', '/', ..];

    // A helper is called with names that only the program knows: rm as a viewer of differences deletes them.
    public static void WithArguments(Word word, ReadingSink sink)
    {
        if (word.Text is { } text && text.Length > 0 && text.AsSpan().IndexOfAny(ShellLetters) < 0)
        {
            var words = text.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries).Select(part => word with { Text = part, Raw = part });
            sink.Run([.. words, new Word(null, "…", word.Start, word.Length) { Names = [] }]);
        }
        else
        {
            sink.RunScript(word);
        }
    }

    // -Wl,-plugin,x; -fpass-plugin=x; -C linker=x; -Wp,-MD,file.
    private static void CompilerOption(Word word, string text, ReadingSink sink)
    {
        if (!word.IsKnown || text.Contains("plugin", StringComparison.OrdinalIgnoreCase) || text.Contains("backend=", StringComparison.Ordinal) || text.Contains("linker=", StringComparison.Ordinal) || text.Contains("link-arg", StringComparison.Ordinal)
            || (text.Contains('=') && Array.Exists(Endings, ending => text.EndsWith(ending, StringComparison.OrdinalIgnoreCase) && ending is ".so" or ".dll" or ".dylib"))
            || text.Contains("ld-path", StringComparison.Ordinal) || text.Contains("-load", StringComparison.Ordinal) || (text.StartsWith("use-ld=", StringComparison.Ordinal) && text.Contains('/')) || text.Contains(",@", StringComparison.Ordinal))
        {
            sink.Dynamic("gives the compiler a program or a plug-in", word);
        }

        if (Array.Exists(ReadByCompilers, name => text.Contains(name, StringComparison.Ordinal)))
        {
            return;
        }

        foreach (var part in text.Split(',', '='))
        {
            if (IsPath(part))
            {
                ArgumentRoles.Read("write", word with { Text = part }, sink);
            }
        }
    }

    private static void MavenProperty(Word word, string text, ReadingSink sink)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals < 0)
        {
            return;
        }

        var value = word with { Text = word.IsKnown ? text[(equals + 1)..] : null, Prefix = text[(equals + 1)..] };
        var name = text[..equals];
        if (name.Contains("ext.class", StringComparison.Ordinal) || name.Contains("executable", StringComparison.OrdinalIgnoreCase))
        {
            sink.Dynamic($"sets {name}, which names code to run", word);
        }
        else if (name.Contains("output", StringComparison.OrdinalIgnoreCase) || name.EndsWith("File", StringComparison.Ordinal))
        {
            ArgumentRoles.Read("write", value, sink);
        }
        else
        {
            ArgumentRoles.Read("guarded", value, sink);
        }
    }
}
