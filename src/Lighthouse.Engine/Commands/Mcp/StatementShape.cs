using System.Buffers;
using System.Text.RegularExpressions;

namespace Lighthouse.Engine.Commands.Mcp;

/// <summary>Does a text read like a statement of a database, whatever the argument that holds it is called? Prose that begins with the same word does not.</summary>
internal static partial class StatementShape
{
    // Longer than any statement somebody types; the beginning tells.
    private const int Looked = 4_096;

    private static readonly SearchValues<string> _verbs = SearchValues.Create(
        ["insert", "replace", "delete", "update", "merge", "drop", "alter", "create", "truncate", "grant", "revoke", "copy", "load", "exec", "attach", "select", "with"], StringComparison.OrdinalIgnoreCase);

    public static bool Fits(string text)
    {
        if (text.Length < 6 || !text.AsSpan().ContainsAny(_verbs) || text.AsSpan().IndexOfAny(' ', '\n', '\t') < 0)
        {
            return false;
        }

        try
        {
            return Changing().IsMatch(text.Length > Looked ? text[..Looked] : text);
        }
        catch (RegexMatchTimeoutException)
        {
            // Made to be slow to read: no prose.
            return true;
        }
    }

    [GeneratedRegex(
        """
        (^|;|\*/|\n)(?>[\s(]*)(explain\s+(analyze\s+)?)?(
            insert\s+(ignore\s+)?into\s+\S+ | replace\s+into\s+\S+ | delete\s+from\s+[\w."`\[\]]+\s*($|;|where\b|using\b|returning\b) | update\s+(only\s+)?[\w."`\[\]]+(\s+(as\s+)?\w+)?\s+set\s+[\w."`\[\]]+\s*= | merge\s+into\s+\S+
          | (drop|alter|create)\s+(or\s+replace\s+)?(temp(orary)?\s+|unique\s+|materialized\s+|external\s+)*(table|database|schema|view|index|user|role|trigger|function|procedure|sequence|type|extension|policy|tablespace|server)\s+(if\s+(not\s+)?exists\s+)?['\w."`\[\]]+\s*
            ($|[;,(]|(as|on|like|with|identified|password|for|using|before|after|returns|cascade|restrict|add|drop|rename|alter|set|modify|owner|change|enable|disable|from)\b)
          | truncate\s+(table\s+)?[\w."`\[\]]+\s*($|;|cascade|restart) | (grant|revoke)\s+[\w\s,]+\s+on\s+\S+\s | copy\s+[\w."`(\s,)]+\s+(from|to)\s+('|program|stdin|stdout) | load\s+data\s+(local\s+)?infile
          | (exec|execute)\s+(xp_|sp_|master\.)\w* | attach\s+(database\s+)?'[^']*'\s+as | select\s.{0,400}?\binto\s+(outfile|dumpfile)\b | select\s.{0,400}?\b(pg_read_file|pg_write_file|lo_export|lo_import|load_file|load_extension|pg_terminate_backend|dblink|xp_cmdshell)\s*\( | with\s.{0,400}?\b(insert\s+into|delete\s+from|update\s+\S+\s+set)\b
        )
        """,
        RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture | RegexOptions.Singleline, 1_000)]
    private static partial Regex Changing();
}
