using System.Text.RegularExpressions;
using Lighthouse.Contracts;
using Lighthouse.Engine.Commands.Effects;

namespace Lighthouse.Engine.Commands.Programs.Reading;

/// <summary>
/// Code given on a command line. It passes only as plain computation; anything that reaches a process, a file, the network or an
/// evaluator by name is reported as that, and anything that cannot be told is dynamic.
/// </summary>
internal static partial class InlineCode
{
    // Longer code is a program, not a one-liner: nobody can vouch for it by its names.
    private const int LongestLooked = 8_192;

    public static void Read(string language, Word word, ReadingSink sink)
    {
        if (word.Text is not { } code || code.Length > LongestLooked || LanguageRules.Of(language) is not { } rules)
        {
            sink.Dynamic("runs inline code that is not known beforehand", word);
            return;
        }

        // Interpreters take other forms of a letter for the letter.
        code = System.Text.Ascii.IsValid(code) ? code : code.Normalize(System.Text.NormalizationForm.FormKC);
        if (LookingCode.AsksVersion(language, code, rules))
        {
            Report([], word, sink);
            return;
        }

        var found = new HashSet<string>();
        var literals = CodeTokens.Of(code, language).Literals;
        var given = code;
        code = LookingCode.Without(language, code, word, sink);
        var scan = CodeTokens.Of(code, language);
        foreach (var literal in literals)
        {
            ArgumentRoles.Read("guarded", word with { Text = literal }, sink);
            if (IsCall(language, literal, rules))
            {
                found.Add("process");
            }
        }

        foreach (Match call in ProcessCall().Matches(code))
        {
            sink.RunScript(word with { Text = call.Groups["text"].Value });
        }

        foreach (var module in scan.Modules)
        {
            if (language == "python")
            {
                sink.Libraries.Add(module);
            }

            if (!rules.Modules.Contains(module) && !(code != given && LookingCode.Only(language, module, code, scan)))
            {
                found.Add(rules.Dangers.GetValueOrDefault(module.Split('.', ':')[0], "dynamic"));
            }
        }

        for (var i = 0; i < scan.Names.Count; i++)
        {
            var (name, end) = scan.Names[i];
            if (rules.Reads.Contains(name) && (FileCall(code, end, word, sink) || LookingCode.OnlyLists(language, name)))
            {
                continue;
            }

            if (name.StartsWith("__", StringComparison.Ordinal) || (language == "python" && name is ['_', _, ..]) || rules.Reads.Contains(name))
            {
                found.Add("dynamic");
            }
            else if (rules.Dangers.TryGetValue(name, out var kind) && !scan.IsModuleMention(i, rules.Modules))
            {
                found.Add(kind);
            }
            else if (rules.Calls is { } calls && !calls.Contains(name) && code.AsSpan(end).TrimStart() is ['(', ..])
            {
                // Of these languages' thousands of functions many take another's name: only known ones are computation.
                found.Add("dynamic");
            }
        }

        // What open() gives back was judged by its path.
        if (language == "python" && FileWrite().IsMatch(code) && !scan.Names.Exists(static one => one.Name == "open"))
        {
            found.Add("write");
        }

        if (language == "python" && scan.Modules.Contains("sys") && ChangesSearchPath(code, scan))
        {
            found.Add("dynamic");
        }

        if (HidesCalls(code, language, scan))
        {
            found.Add("dynamic");
        }

        Report(found, word, sink);
    }

    private static void Report(HashSet<string> found, Word word, ReadingSink sink)
    {
        foreach (var kind in found)
        {
            switch (kind)
            {
                case "delete":
                    sink.Add(Effect.Delete, Place.Unresolved, Risk.High, "deletes files from inline code", word);
                    break;
                case "network":
                    sink.Add(Effect.NetworkOut, Place.Unresolved, Risk.High, "uses the network from inline code", word);
                    break;
                case "write":
                    sink.Add(Effect.WriteOutside, Place.Unresolved, Risk.Medium, "may write files from inline code", word);
                    break;
                case "process":
                    sink.Dynamic("starts other programs from inline code", word);
                    break;
                default:
                    sink.Dynamic("runs inline code whose effect cannot be told", word);
                    break;
            }
        }

        if (found.Count == 0)
        {
            sink.Add(Effect.Read, Place.None, Risk.Low, "computes something inline", word);
        }
    }

    // open('path') or open('path', 'w'): false when the call has another form.
    private static bool FileCall(string code, int after, Word word, ReadingSink sink)
    {
        var call = OpenCall().Match(code, after);
        if (!call.Success || call.Index != after)
        {
            return false;
        }

        var mode = call.Groups["mode"].Value;
        ArgumentRoles.Read(mode.AsSpan().IndexOfAny("wax+") >= 0 ? "write" : "read", word with { Text = call.Groups["path"].Value }, sink);
        return true;
    }

    // A function named by a string, or a name of a file that is a command.
    private static bool IsCall(string language, string literal, LanguageRules rules) => language switch
    {
        "php" => rules.Dangers.ContainsKey(literal),
        "ruby" => literal.StartsWith('|'),
        "perl" => literal.AsSpan().Trim() is ['|', ..] or [.., '|'],
        _ => false,
    };

    // Which file a module's name means: sys.path.insert(0, directory), under whatever name the list goes.
    private static bool ChangesSearchPath(string code, CodeTokens scan) => scan.Names.Exists(static one => one.Name == "path")
        && (SearchPath().IsMatch(code) || scan.Names.Exists(static one => one.Name is "insert" or "append" or "extend"));

    private static bool HidesCalls(string code, string language, CodeTokens scan) => language switch
    {
        // A member named by an expression can be any member.
        "node" => code.Contains("\\u", StringComparison.Ordinal) || code.Contains("\\x", StringComparison.Ordinal) || ComputedCall().IsMatch(code) || (scan.Modules.Any(static module => module.EndsWith("fs", StringComparison.Ordinal)) && ComputedMember().IsMatch(code)),
        "perl" => code.Contains('`') || PerlReach().IsMatch(code),
        "ruby" => code.Contains('`') || code.Contains("%x", StringComparison.Ordinal) || code.Contains("<<", StringComparison.Ordinal) && code.Contains('|'),
        "php" => code.Contains('`') || VariableCall().IsMatch(code) || code.Contains("$$", StringComparison.Ordinal),
        "python" => code.Contains("\\x", StringComparison.Ordinal) || code.Contains("\\u", StringComparison.Ordinal) && code.Contains('('),
        _ => false,
    };

    [GeneratedRegex("""\b(system|popen|exec|execSync|shell_exec|passthru|call|run)\s*(\(\s*)?("(?<text>[^"\\]+)"|'(?<text>[^'\\]+)')""", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex ProcessCall();

    [GeneratedRegex("""\G\s*\(\s*("(?<path>[^"\\]+)"|'(?<path>[^'\\]+)')\s*(,\s*(mode\s*=\s*)?("(?<mode>[^"]*)"|'(?<mode>[^']*)')\s*)?(,\s*encoding\s*=\s*("[^"]*"|'[^']*')\s*)?\)""", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex OpenCall();

    [GeneratedRegex("""(?<!stdout)(?<!stderr)(?<!buffer)\.\s*write\b""", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex FileWrite();

    [GeneratedRegex("""\bpath\s*(\[[^\]\n]*\]\s*)?\+?=[^=]|import\s+path\b""", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex SearchPath();

    [GeneratedRegex("""\]\s*\(|\[\s*["'`][^"'`\]]*["'`]\s*\+""", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex ComputedCall();

    [GeneratedRegex("""[\w)]\s*\[\s*[^\d\s"']""", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex ComputedMember();

    // s///e, two-argument magic on <>, symbolic references and code blocks in patterns.
    [GeneratedRegex("""[/}!#|,]\s*[gimsxoadlu]*e[gimsxoadlue]*\s*(;|$|\)|\})|\(\?\??\{|&\$|&\{|->\(|->\$|\$\{\s*["\\]|@\{\s*\[|<\s*\$?[A-Z]*\s*\|""", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex PerlReach();

    [GeneratedRegex("""\$\w+\s*\(|\)\s*\(|["']\s*\(|new\s+\$""", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex VariableCall();
}
