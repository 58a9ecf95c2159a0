using System.Collections.Frozen;

namespace Lighthouse.Engine.Commands.Programs.Reading;

/// <summary>
/// What the name of an option says when no data file lists it. Programs agree on their words: an option that runs, loads, writes
/// or sends something nearly always says so.
/// </summary>
internal static class OptionNames
{
    private static readonly FrozenSet<string> Running = new[]
    {
        "exec", "execute", "exe", "cmd", "command", "commands", "extcmd", "run", "shell", "script", "eval", "hook", "hooks", "pager", "editor", "browser", "viewer", "plugin", "plugins", "extension", "extensions",
        "preprocessor", "filter-cmd", "postprocessor", "renderer", "wrapper", "launcher", "interpreter", "runner", "toolexec", "vettool", "helper", "callback", "load", "loader", "preload", "require", "import", "program", "prog",
        "rsh", "daemon", "serve", "server", "listen", "proxy", "endpoint", "upload", "post", "send", "push", "publish", "delete", "remove", "purge", "destroy", "kubeconfig", "token", "impersonate",
        "pdb", "debugger", "sudo", "chroot", "privileged", "insecure",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Writing = new[]
    {
        "output", "out", "outfile", "outdir", "write", "save", "dump", "log", "logfile", "trace", "report", "dir", "directory", "file", "path", "target", "dest", "destination", "cache", "profile", "cpuprofile", "memprofile", "blockprofile", "warnings", "pattern",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>It runs, loads, sends or deletes something.</summary>
    public static bool SaysItActs(string option) => option.Length > 2 && !IsNegated(option) && Says(option, Running);

    /// <summary>Its value may be a file that is written.</summary>
    public static bool SaysItWrites(string option) => option.Length > 2 && Says(option, Writing);

    private static bool IsNegated(string option) => option.StartsWith("--no-", StringComparison.Ordinal) || option.StartsWith("--dry", StringComparison.Ordinal);

    private static bool Says(string option, FrozenSet<string> words)
    {
        foreach (var range in option.AsSpan().SplitAny('-', '_', '.'))
        {
            if (words.GetAlternateLookup<ReadOnlySpan<char>>().Contains(option.AsSpan()[range]))
            {
                return true;
            }
        }

        return false;
    }
}
