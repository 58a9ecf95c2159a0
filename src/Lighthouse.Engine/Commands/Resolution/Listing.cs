using Lighthouse.Engine.Commands.Effects;

namespace Lighthouse.Engine.Commands.Resolution;

/// <summary>
/// The output of a program that prints nothing but names of files, or of a filter that lets some of them through. What reads the named
/// files is judged by where they can lie.
/// </summary>
internal sealed class Listing(string program, List<Word> arguments, Listing? input) : IListedNames
{
    private const int MaxNames = 16;

    private IReadOnlyList<Word>? _names;
    private bool _asked;

    public IReadOnlyList<Word>? Names
    {
        get
        {
            if (!_asked)
            {
                (_asked, _names) = (true, Find() is { Count: > 0 and <= MaxNames } names ? names : null);
            }

            return _names;
        }
    }

    public static Listing? Of(string name, List<Word> arguments, Listing? input)
    {
        var program = name[(name.LastIndexOf('/') + 1)..];
        return program is "find" or "ls" or "git" or "rg" or "grep" or "egrep" or "fgrep" or "fd" or "fdfind" or "ag"
            || (input is not null && program is "head" or "tail" or "sort" or "uniq" or "shuf" or "tac" or "cat" or "xargs")
            ? new Listing(program, arguments, input)
            : null;
    }

    private List<Word>? Find() => program switch
    {
        "find" => Found(),
        "ls" => Listed(),
        "git" => arguments.Exists(static word => word.Text is "ls-files" or "--name-only" or "-l" or "--files-with-matches") ? [Below(".")] : null,
        "fd" or "fdfind" => Has("-x", "-X", "--exec", "--exec-batch", "--format") ? null : Searched("."),
        "rg" or "ag" when Cluster('l', "--files-with-matches") || Has("--files", "--files-without-match") => Searched("."),
        "grep" or "egrep" or "fgrep" => Cluster('l', "--files-with-matches") || Cluster('L', "--files-without-match") ? Searched(".") : Filtered(),
        "xargs" => arguments.Exists(static word => word.Text is "grep" or "rg") && Cluster('l', "--files-with-matches") ? input?.Names?.ToList() : null,
        _ => Filtered(),
    };

    private bool Has(params ReadOnlySpan<string> options)
    {
        foreach (var word in arguments)
        {
            if (word.Text is null || options.Contains(word.Text))
            {
                return true;
            }
        }

        return false;
    }

    private bool Cluster(char letter, string name) => arguments.Exists(word =>
        word.Text == name || (word.Text is ['-', not '-', ..] text && text.Contains(letter)));

    // Lines pass or do not; none is changed. A file named as an operand would be read in place of the input.
    private List<Word>? Filtered()
    {
        var patterns = program.EndsWith("grep", StringComparison.Ordinal) || program is "rg" ? 1 : 0;
        foreach (var word in arguments)
        {
            if (word.Text is not { } text || text is "-o" or "--only-matching" or "-f" or "-r" or "-R" or "--replace" or "-A" or "-B" or "-C" or "-c")
            {
                return null;
            }

            var isNumber = text.Length > 0 && text.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0;
            if (text is not ['-', ..] && !isNumber && --patterns < 0)
            {
                return null;
            }
        }

        return input?.Names?.ToList();
    }

    private List<Word>? Found()
    {
        if (arguments.Exists(static word => word.Text is null or "-printf" or "-exec" or "-execdir" or "-ok" or "-okdir" or "-ls"))
        {
            return null;
        }

        var roots = arguments.TakeWhile(static word => word.Text is not (['-', ..] or "(" or "!")).ToList();
        var names = Enumerable.Range(0, Math.Max(arguments.Count - 1, 0)).Where(at => arguments[at].Text is "-name" or "-iname").Select(at => arguments[at + 1].Text!).ToList();
        var narrow = names.Count == 1 && !Has("-o", "-or", "!", "-not", ",");
        return (roots.Count == 0 ? [Named(".")] : roots).ConvertAll(root => narrow ? Named(root.Text!.TrimEnd('/') + "/**/" + names[0]) : Below(root.Text!));
    }

    // Long lines and sizes are no names.
    private List<Word>? Listed()
    {
        if (Has() || Cluster('l', "--format") || Cluster('s', "--size") || Cluster('i', "--inode") || Cluster('R', "--recursive"))
        {
            return null;
        }

        var operands = arguments.Where(static word => word.Text is not ['-', ..]).ToList();
        return operands.Count == 0 ? [Named("./*")] : Cluster('d', "--directory") ? operands : [.. operands, .. operands.Select(static word => Named(word.Text!.TrimEnd('/') + "/*"))];
    }

    // The pattern that is searched for is taken for a place as well: it only adds one.
    private List<Word>? Searched(string otherwise)
    {
        if (Has())
        {
            return null;
        }

        var places = arguments.Where(static word => word.Text is not ['-', ..]).Skip(program is "rg" && Has("--files") ? 0 : 1).ToList();
        return places.Count == 0 ? [Below(otherwise)] : [.. places, .. places.Select(static word => Below(word.Text!))];
    }

    /// <summary>The top of the git work tree around the working directory: that directory or one above it, unless the environment names another.</summary>
    public static Listing? OfWorkTree(string name, List<Word> arguments, ShellState state, string? home)
    {
        if (name is not "git" || arguments is not [{ Text: "rev-parse" }, { Text: "--show-toplevel" }] || state.WorkingDirectory is not { } directory
            || state.Find("GIT_DIR") is not null || state.Find("GIT_WORK_TREE") is not null)
        {
            return null;
        }

        var tops = new List<Word>();
        for (var at = directory.Length; at >= 0 && tops.Count < MaxNames; at = at == 0 ? -1 : directory.LastIndexOf('/', at - 1))
        {
            // Nobody keeps the homes of all users in one work tree; what is secret in one of them is so by its own name.
            var top = at == 0 ? "/" : directory[..at];
            if (top is not ("/home" or "/Users"))
            {
                tops.Add(new Word(top, top, 0, 0));
            }
        }

        // Outside of any work tree nothing is printed, and a cd without a directory goes home.
        tops.Add(new Word(home ?? "~", "~", 0, 0));
        return tops.Count < MaxNames ? new Listing(name, arguments, null) { _names = tops, _asked = true } : null;
    }

    /// <summary>Where a program of that name lies, or nothing at all where there is none: only fit to be read.</summary>
    public static Listing? OfProgram(string name, List<Word> arguments)
    {
        var asked = name switch
        {
            "which" when arguments.Count == 1 => arguments[0].Text,
            "command" when arguments is [{ Text: "-v" }, var word] => word.Text,
            "type" when arguments is [{ Text: "-p" or "-P" }, var word] => word.Text,
            _ => null,
        };
        return asked is { Length: > 0 } program && program[0] != '-' && program.AsSpan().IndexOfAny("/*?[~") < 0
            ? new Listing(name, arguments, null) { _names = [new Word("/usr/bin/" + program, program, 0, 0), new Word("", program, 0, 0)], _asked = true }
            : null;
    }

    private static Word Below(string root) => Named(root.TrimEnd('/') + "/**");

    private static Word Named(string pattern) => new(pattern, pattern, 0, 0, HasGlob: true);
}
