using System.Collections.Frozen;
using Lighthouse.Engine.Commands.Effects;

namespace Lighthouse.Engine.Commands.Resolution;

/// <summary>Programs that run text: what matters here is only whether they take it from their input or from a file.</summary>
internal static class Interpreters
{
    private static readonly FrozenSet<string> _shells = new[] { "sh", "bash", "dash", "zsh", "ksh", "mksh", "ash", "fish", "csh", "tcsh", "rbash" }.ToFrozenSet();

    private static readonly FrozenSet<string> _languages = new[]
    {
        "node", "nodejs", "deno", "bun", "perl", "ruby", "php", "lua", "luajit", "Rscript", "R", "osascript", "pwsh", "powershell", "tclsh", "julia", "groovy", "psql", "mysql", "sqlite3",
    }.ToFrozenSet();

    private static readonly FrozenSet<string> _decoders = new[] { "base64", "base32", "basenc", "xxd", "openssl", "uudecode", "gunzip", "zcat", "bunzip2", "bzcat", "unxz", "xzcat", "zstdcat", "unzstd", "gpg", "rev", "tr" }.ToFrozenSet();

    public static bool IsShell(string program) => _shells.Contains(BaseName(program));

    public static bool Is(string program)
    {
        var name = BaseName(program);
        return _shells.Contains(name) || _languages.Contains(name) || name.StartsWith("python", StringComparison.Ordinal) || name.StartsWith("pypy", StringComparison.Ordinal);
    }

    /// <summary>No script and no inline code among the arguments, so the program is what comes in.</summary>
    public static bool RunsInput(List<Word> arguments)
    {
        foreach (var argument in arguments)
        {
            switch (argument.Text)
            {
                case null:
                    return true;
                case "-" or "-s" or "/dev/stdin" or "/dev/fd/0" or "/proc/self/fd/0":
                    return true;
                case "-c" or "-e" or "-m" or "-p" or "-r" or "-E" or "--eval" or "--print" or "-command" or "-Command":
                    return false;
                case ['-', not '-', ..] bundle when bundle.Contains('c') || bundle.EndsWith('e'):
                    return false;
                case ['-', ..] or ['+', ..]:
                    break;
                default:
                    return false;
            }
        }

        return true;
    }

    public static Word? Script(List<Word> arguments)
    {
        foreach (var argument in arguments)
        {
            if (argument.Text is "-c" or "-e" or "-m")
            {
                return null;
            }

            if (argument.Text is not (['-', ..] or ['+', ..]))
            {
                return argument;
            }
        }

        return null;
    }

    public static bool Decodes(string program, List<Word> arguments)
    {
        var name = BaseName(program);
        return name switch
        {
            "base64" or "base32" or "basenc" or "gzip" or "bzip2" or "xz" or "zstd" => arguments.Exists(a => a.Text is null or "-d" or "-D" or "--decode" or "-dc" or "-di" or "--decompress" || (a.Text.StartsWith('-') && a.Text.Contains('d'))),
            "xxd" => arguments.Exists(a => a.Text is null || (a.Text.StartsWith('-') && a.Text.Contains('r'))),
            "openssl" => arguments.Exists(a => a.Text is null or "-d" or "-decrypt" or "base64"),
            _ => _decoders.Contains(name),
        };
    }

    /// <summary>Programs whose files get exactly what comes in.</summary>
    public static bool CopiesInput(string program) => BaseName(program) is "tee";

    private static string BaseName(string program)
    {
        var slash = program.LastIndexOf('/');
        return slash < 0 ? program : program[(slash + 1)..];
    }
}
