using System.Text.RegularExpressions;
using Lighthouse.Engine.Commands.Effects;

namespace Lighthouse.Engine.Commands.Programs.Reading;

/// <summary>
/// Names of Python code that stand for one path, or for the paths of one listing: what is opened through them is read, and judged by
/// that path. A name that anything else may bind stands for nothing.
/// </summary>
internal static partial class BoundNames
{
    private const int MostNames = 8;

    /// <summary>The code with what was judged taken out.</summary>
    /// <param name="keepsPaths">Path objects are left under a name.</param>
    public static string Resolve(string code, Word word, ReadingSink sink, out bool keepsPaths)
    {
        keepsPaths = false;
        code = Argument().Replace(code, _ =>
        {
            // Which of the arguments it is does not matter: all are read.
            ReadArguments(word, sink);
            return "looks";
        });
        foreach (var binding in Bindings().Matches(code).Take(MostNames))
        {
            var name = binding.Groups["name"].Value;
            if (!IsBoundOnce(code, name))
            {
                continue;
            }

            var path = binding.Groups["path"].Value;
            var pattern = binding.Groups["listing"].Success ? path.TrimEnd('/') + "/**" : path;
            var read = word with { Text = pattern, HasGlob = binding.Groups["listing"].Success || binding.Groups["glob"].Success };
            var alone = binding.Groups["listing"].Value.StartsWith('o') ? "(?!)" : name;
            var opened = Regex.Replace(
                code, $@"\bopen\s*\(\s*({alone}|os\.path\.join\(\s*[""']{Regex.Escape(path)}[""']\s*,\s*{name}\s*\))\s*(,\s*[""']r[""']\s*)?(,\s*(encoding|errors)\s*=\s*[""'][\w-]+[""']\s*)*\)", "looks", RegexOptions.ExplicitCapture, TimeSpan.FromMilliseconds(100));
            if (binding.Groups["path_object"].Success)
            {
                opened = Regex.Replace(opened, $@"(?<![\w.]){name}(?=\s*\.\s*(read_text|read_bytes|exists|is_file|is_dir|stat|name|stem|suffix)\b)", $"Path('{path}')", RegexOptions.ExplicitCapture, TimeSpan.FromMilliseconds(100));
                opened = opened.Replace(binding.Value, $"{name} = looks", StringComparison.Ordinal);
                keepsPaths = true;
            }

            if (opened != code)
            {
                ArgumentRoles.Read("read", read, sink);
                code = opened;
            }
        }

        return code;
    }

    // The words behind the code: sys.argv[1] and following.
    private static void ReadArguments(Word code, ReadingSink sink)
    {
        var behind = false;
        foreach (var argument in sink.Command.Arguments)
        {
            if (behind && argument.Text is not ['-', ..])
            {
                ArgumentRoles.Read("read", argument, sink);
            }

            behind |= argument.Start == code.Start || argument.Text is "-" or "-c";
        }
    }

    // Bound by the one binding, and by nothing that binds several names, parameters or parts of a pattern.
    private static bool IsBoundOnce(string code, string name) =>
        Regex.Count(code, $@"\b{name}\b\s*(:[^=\n;]*)?([-+*/%&|^@]|//|\*\*|>>|<<)?=(?!=)|\b{name}\s*:=|\bfor\b[^\n:]*?\b{name}\b[^\n:]*?\bin\b", RegexOptions.ExplicitCapture, TimeSpan.FromMilliseconds(100)) == 1
        && !Regex.IsMatch(code, $@"\b(as|import|def|class|lambda|global|nonlocal|case|del)\b[^\n:;]*\b{name}\b|\b{name}\b\s*(,[^\n;=()]*)+=(?!=)|,\s*{name}\b[^\n;=(]*=(?!=)|[(\[][^\n;()]*\b{name}\b[^\n;()]*[)\]]\s*=(?!=)", RegexOptions.ExplicitCapture, TimeSpan.FromMilliseconds(100));

    [GeneratedRegex("""(?<=^|[;\n])[ \t]*(?<name>[A-Za-z_]\w*)\s*=\s*((?<path_object>(pathlib\s*\.\s*)?Path)\s*\(\s*("(?<path>[^"\\{}*?\[]*)"|'(?<path>[^'\\{}*?\[]*)')\s*\)|"(?<path>[^"\\{}*?\[]*)"|'(?<path>[^'\\{}*?\[]*)')(?=\s*(;|\n|$))|\bfor\s+(?<name>[A-Za-z_]\w*)\s+in\s+(sorted\s*\(\s*)?((?<glob>(glob\s*\.\s*)?i?glob)\s*\(\s*|(?<listing>os\s*\.\s*listdir)\s*\(\s*|(pathlib\s*\.\s*)?(?<listing>Path)\s*\(\s*)("(?<path>[^"\\{}]*)"|'(?<path>[^'\\{}]*)')""", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex Bindings();

    [GeneratedRegex("""\bopen\s*\(\s*sys\s*\.\s*argv\s*\[\s*\d+\s*\]\s*(,\s*["']r["']\s*)?(,\s*(encoding|errors)\s*=\s*["'][\w-]+["']\s*)*\)""", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex Argument();
}
