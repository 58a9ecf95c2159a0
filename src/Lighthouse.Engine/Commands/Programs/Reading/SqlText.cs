using Lighthouse.Contracts;
using Lighthouse.Engine.Commands.Effects;

namespace Lighthouse.Engine.Commands.Programs.Reading;

/// <summary>Statements given on a command line: reading or not, by their first words.</summary>
internal static class SqlText
{
    private static readonly HashSet<string> Reading = new(StringComparer.OrdinalIgnoreCase) { "select", "show", "describe", "desc", "explain", "values", "table", "help", "use", "summarize", "from", "pivot" };

    private static readonly HashSet<string> Changing = new(StringComparer.OrdinalIgnoreCase)
    {
        "insert", "update", "delete", "drop", "create", "alter", "truncate", "merge", "replace", "grant", "revoke", "call", "execute", "exec", "do", "copy", "attach", "load", "install", "vacuum", "reindex", "lock", "set", "outfile", "dumpfile",
    };

    // Functions that reach the file system, another server, a process or a sequence from inside a select.
    private static readonly string[] Reaching =
        ["pg_read_file", "pg_read_binary_file", "pg_ls_dir", "lo_import", "lo_export", "load_file", "dblink", "pg_terminate_backend", "pg_cancel_backend", "pg_sleep", "xp_", "sp_", "load_extension", "readfile", "writefile", "edit(", "nextval", "setval", "set_config", "pg_reload_conf", "sys_exec", "utl_", "openrowset", "into", "for update", "read_csv", "read_text", "read_blob", "getenv"];

    public static void Read(Word word, ReadingSink sink, bool isFile)
    {
        if (word.Text is not { } text)
        {
            sink.Dynamic("runs statements that are not known beforehand", word);
            return;
        }

        // select * from file('/etc/shadow')
        foreach (var literal in text.Split('\'').Where(static (_, at) => at % 2 == 1))
        {
            ArgumentRoles.Read("guarded", word with { Text = literal }, sink);
        }

        foreach (var statement in text.Split(';', '\n'))
        {
            Statement(statement.Trim(), word, sink, isFile);
        }
    }

    private static void Statement(string statement, Word word, ReadingSink sink, bool isFile)
    {
        if (statement.Length == 0 || statement.StartsWith("--", StringComparison.Ordinal))
        {
            return;
        }

        if (statement[0] is '\\' or '.')
        {
            Meta(statement, word, sink);
            return;
        }

        // What stands behind a statement says where its result goes: \gexec runs it, \g |program hands it over.
        for (var at = statement.IndexOf('\\'); at > 0; at = statement.IndexOf('\\', at + 1))
        {
            if (statement[at..] is ['\\', 'g' or 'o' or 'w' or 'c' or 'i' or 'e' or '!', ..] && statement[at - 1] is not '\\' && statement.AsSpan(0, at).Count('\'') % 2 == 0)
            {
                Meta(statement[at..].Trim(), word, sink);
            }
        }

        var words = statement.Split([' ', '(', '\t', ',', ')', '='], StringSplitOptions.RemoveEmptyEntries);
        var first = words.FirstOrDefault() ?? "";
        var reads = Reading.Contains(first)
            || (first.Equals("with", StringComparison.OrdinalIgnoreCase) && !Array.Exists(words, Changing.Contains))
            || (first.Equals("pragma", StringComparison.OrdinalIgnoreCase) && !statement.Contains('='))
            || (first.Equals("go", StringComparison.OrdinalIgnoreCase) && words.Length == 1);
        reads &= !(first.StartsWith("explain", StringComparison.OrdinalIgnoreCase) && statement.Contains("analyze", StringComparison.OrdinalIgnoreCase) && Array.Exists(words, Changing.Contains));
        reads &= !Array.Exists(Reaching, part => Holds(statement, part)) && !statement.Contains("/*", StringComparison.Ordinal);
        if (!reads)
        {
            sink.Add(isFile ? Effect.WriteWorkspace : Effect.Infrastructure, isFile ? Place.Workspace : Place.Network, Risk.High, $"changes a database ({first.ToUpperInvariant()})", word);
        }
    }

    private static bool Holds(string statement, string part)
    {
        var at = statement.IndexOf(part, StringComparison.OrdinalIgnoreCase);
        return at >= 0 && (at == 0 || !char.IsLetterOrDigit(statement[at - 1])) && (part[^1] is '_' or '(' || at + part.Length == statement.Length || !char.IsLetterOrDigit(statement[at + part.Length]));
    }

    private static void Meta(string command, Word word, ReadingSink sink)
    {
        var words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var rest = command[words[0].Length..].Trim();
        switch (words[0].TrimEnd('+'))
        {
            case "\\!" or ".shell" or ".system":
                sink.RunScript(word with { Text = rest });
                break;
            case "\\d" or "\\dt" or "\\l" or "\\du" or "\\dn" or "\\df" or "\\di" or "\\dv" or "\\ds" or "\\dp" or "\\dx" or "\\x" or "\\q" or "\\timing" or "\\pset" or "\\conninfo" or "\\c" or "\\h" or "\\?" or "\\list" or "\\sf" or "\\sv" or "\\z" or "\\gx"
                or ".tables" or ".schema" or ".headers" or ".header" or ".mode" or ".indexes" or ".indices" or ".databases" or ".dump" or ".help" or ".quit" or ".exit" or ".width" or ".stats" or ".show" or ".timer" or ".fullschema" or ".separator" or ".nullvalue" or ".version" or ".maxrows" or ".columns":
                break;
            default:
                sink.Add(Effect.ExecuteDynamic, Place.None, Risk.High, $"uses the client command {words[0]}", word);
                break;
        }
    }
}
