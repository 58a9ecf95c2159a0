using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Lighthouse.Engine.Commands.Effects;

namespace Lighthouse.Engine.Commands.Programs.Reading;

/// <summary>
/// Expressions that only look at files, of modules that can do far more: <c>os.listdir</c>, <c>Path('x').read_text()</c>, <c>File.read</c>.
/// They are judged by their paths and taken out of the code; whatever else of those modules is left is judged as before.
/// </summary>
internal static partial class LookingCode
{
    // Fine to import as long as nothing of them is left but what was taken out.
    private static readonly HashSet<string> Modules = ["os", "os.path", "glob", "pathlib", "shutil", "platform", "importlib.metadata"];

    /// <summary>The code without them, for the scan that follows.</summary>
    public static string Without(string language, string code, Word word, ReadingSink sink) => language switch
    {
        "python" => Python(code, word, sink),
        "ruby" => RubyLook().Replace(code, look => Judge(look, "read", word, sink)),
        _ => code,
    };

    /// <summary>The module is only looked with: imported under its own name, and not mentioned again.</summary>
    public static bool Only(string language, string module, string code, CodeTokens scan) => language == "python" && Modules.Contains(module)
        && !OtherImport().IsMatch(code)
        && !Enumerable.Range(0, scan.Names.Count).Any(at => (scan.Names[at].Name is "Path" || Modules.Contains(scan.Names[at].Name)) && !scan.IsModuleMention(at, FrozenSet<string>.Empty));

    /// <summary>Whatever it is called with, it tells what is there and not what it holds.</summary>
    public static bool OnlyLists(string language, string name) => language == "node" && name is "readdirSync" or "existsSync" or "statSync" or "lstatSync";

    /// <summary><c>import numpy; print(numpy.__version__)</c>, of a package that is known not to do anything when it is loaded.</summary>
    public static bool AsksVersion(string language, string code, LanguageRules rules) => language == "python" && VersionQuestion().Match(code) is { Success: true } question
        && question.Groups["module"].Captures.All(module => rules.Versions.Contains(module.Value) || rules.Modules.Contains(module.Value));

    private static string Python(string code, Word word, ReadingSink sink)
    {
        code = BoundNames.Resolve(code, word, sink, out var keepsPaths);
        var reads = Contents().IsMatch(code);
        var rest = PathLook().Replace(code, look =>
        {
            keepsPaths |= look.Groups["paths"].Success;
            return Judge(look, look.Groups["text"].Success ? "read" : reads ? "tree" : "list", word, sink);
        });
        if (keepsPaths && PathMethod().IsMatch(rest))
        {
            return code;
        }

        rest = PathImport().Replace(rest, "pass");
        rest = GlobImport().IsMatch(rest) ? GlobCall().Replace(GlobImport().Replace(rest, "pass"), "looks") : rest;
        return ModuleLook().Replace(rest, "looks");
    }

    private static string Judge(Match look, string role, Word word, ReadingSink sink)
    {
        var path = look.Groups["path"];
        ArgumentRoles.Read(role, word with { Text = path.Success ? path.Value : ".", HasGlob = path.Value.AsSpan().IndexOfAny('*', '?', '[') >= 0 }, sink);
        return "looks";
    }

    [GeneratedRegex("""\b(pathlib\s*\.\s*)?Path\s*\(\s*("(?<path>[^"\\{}]*)"|'(?<path>[^'\\{}]*)')?\s*\)\s*\.\s*((?<text>read_text|read_bytes)\s*\((?=\s*(encoding|errors|\)))|(?<paths>iterdir|glob|rglob)\s*\((?=\s*["')])|(exists|is_file|is_dir|is_symlink|stat)\s*\((?=\s*\))|(name|stem|suffix|suffixes|parts)\b(?!\s*[=(]))""", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex PathLook();

    [GeneratedRegex("""\b(os\s*\.\s*(listdir|scandir|walk|getcwd|cpu_count|getpid|uname|stat|lstat|access|getloadavg|get_terminal_size)\b(?=\s*\()|os\s*\.\s*(sep|linesep|name|pathsep|curdir)\b(?!\s*[=(\[.])|os\s*\.\s*path\s*\.\s*(join|exists|lexists|isfile|isdir|islink|basename|dirname|getsize|getmtime|getctime|abspath|splitext|split|relpath|normpath|realpath|commonpath|commonprefix|expanduser|isabs)\b(?=\s*[(),])|importlib\s*\.\s*metadata\s*\.\s*version\b(?=\s*\()|glob\s*\.\s*i?glob\b(?=\s*\()|shutil\s*\.\s*(which|disk_usage)\b(?=\s*\()|platform\s*\.\s*(system|machine|platform|release|version|python_version|node|processor|architecture|mac_ver|python_implementation)\b(?=\s*\())""", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex ModuleLook();

    // What a path object does to files under a name that texts and lists have as well.
    [GeneratedRegex("""\.\s*(replace|open|copy|copy_into|move|move_into|symlink_to|hardlink_to|link_to|lchmod)\b""", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex PathMethod();

    [GeneratedRegex("""\bfrom\s+importlib\.metadata\s+import\s+version(?=\s*(;|\n|$))|\bfrom\s+pathlib\s+import\s+Path(?=\s*(;|\n|$))""", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex PathImport();

    [GeneratedRegex("""\bfrom\s+glob\s+import\s+glob(?=\s*(;|\n|$))""", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex GlobImport();

    [GeneratedRegex("""(?<![\w.])glob(?=\s*\()""", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex GlobCall();

    [GeneratedRegex("""\bfrom\s+(os|glob|pathlib|shutil|platform)\b|\b(os|path|glob|pathlib|shutil|platform)\s+as\b""", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex OtherImport();

    [GeneratedRegex("""\b(read_text|read_bytes|open)\b""", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex Contents();

    [GeneratedRegex("""^\s*(import\s+(?<module>[A-Za-z_]\w*)(\.\w+)*(\s+as\s+\w+)?(\s*,\s*(?<module>[A-Za-z_]\w*)(\s+as\s+\w+)?)*\s*[;\n]\s*)+print\(\s*(?<shown>("[^"\\]*"|'[^'\\]*'|[A-Za-z_]\w*(\.\w+)*\.(__version__|__file__|VERSION|version|version_info|is_available\(\)|version\.cuda))(\s*,\s*("[^"\\]*"|'[^'\\]*'|[A-Za-z_]\w*(\.\w+)*\.(__version__|__file__|VERSION|version|version_info|is_available\(\)|version\.cuda)))*)\s*\)\s*;?\s*$""", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex VersionQuestion();

    // Dir["x"], File.read "x": a name that begins with a bar was reported before.
    [GeneratedRegex("""\b(File|IO)\s*\.\s*(read|readlines|exist\?|file\?|directory\?|size|foreach)\s*\(?\s*("(?<path>[^"\\#|]+)"|'(?<path>[^'\\|]+)')|\bDir\s*(\.\s*(glob|children|entries|exist\?)\s*\(?|\[)\s*("(?<path>[^"\\#]+)"|'(?<path>[^'\\]+)')""", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex RubyLook();
}
