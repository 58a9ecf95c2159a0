using Lighthouse.Contracts;
using Lighthouse.Engine.Commands.Effects;

namespace Lighthouse.Engine.Commands.Programs.Reading;

/// <summary>find: paths, then an expression that may delete, write or run commands on what it finds.</summary>
internal static class FindExpression
{
    private static readonly HashSet<string> WithValue =
    [
        "-name", "-iname", "-path", "-ipath", "-wholename", "-iwholename", "-lname", "-ilname", "-regex", "-iregex", "-regextype", "-type", "-xtype", "-size", "-perm",
        "-user", "-group", "-uid", "-gid", "-mtime", "-atime", "-ctime", "-mmin", "-amin", "-cmin", "-newer", "-anewer", "-cnewer", "-maxdepth", "-mindepth", "-links", "-inum",
        "-samefile", "-fstype", "-used", "-context", "-printf", "-files0-from", "-Bmin", "-Bnewer", "-Btime", "-mnewer", "-flags", "-D", "-f",
    ];

    public static void Read(ReadingSink sink)
    {
        var words = sink.Command.Arguments;
        var roots = new List<Word>();
        var names = new List<string>();
        var inExpression = false;
        for (var i = 0; i < words.Count; i++)
        {
            var text = words[i].Text;
            if (text is null)
            {
                if (inExpression && words[i].Names is not null)
                {
                    continue;
                }

                inExpression |= words[i] is { IsForeign: true, Prefix.Length: 0 };
                if (inExpression)
                {
                    sink.Dynamic("searches with an expression that is not known beforehand", words[i]);
                }
                else
                {
                    roots.Add(words[i]);
                }

                continue;
            }

            if (!inExpression && text is not ("(" or "!" or "\\(" or ",") && (text.Length == 0 || text[0] != '-'))
            {
                roots.Add(words[i]);
                continue;
            }

            if (text is "-H" or "-L" or "-P" or "-E" or "-X" or "-x" or "-d" or "-s" || text.StartsWith("-O", StringComparison.Ordinal))
            {
                continue;
            }

            if (text is "-f" && !inExpression && i + 1 < words.Count)
            {
                roots.Add(words[++i]);
                continue;
            }

            inExpression = true;
            switch (text)
            {
                case "-delete":
                    Delete(roots, names, words[i], sink);
                    break;
                case "-exec" or "-execdir" or "-ok" or "-okdir":
                    i = Execute(roots, names, words, i, sink);
                    sink.WorksElsewhere |= text is "-execdir" or "-okdir" && Or(roots, words[i < words.Count ? i : ^1]).Any(root => sink.Paths.PlaceOf(root, sink.Place) is not (Place.Workspace or Place.Temporary));
                    break;
                case "-fprint" or "-fprint0" or "-fls" or "-fprintf" when i + 1 < words.Count:
                    ArgumentRoles.Read("write", words[++i], sink);
                    i += text == "-fprintf" ? 1 : 0;
                    break;
                default:
                    if (WithValue.Contains(text) || (text.StartsWith("-newer", StringComparison.Ordinal) && text.Length == 8))
                    {
                        if (text is "-name" or "-iname" && i + 1 < words.Count && words[i + 1].Text is { } name)
                        {
                            names.Add(name);
                        }

                        if (text is "-files0-from" && i + 1 < words.Count)
                        {
                            ArgumentRoles.Read("read", words[i + 1], sink);
                        }

                        i++;
                    }

                    break;
            }
        }

        foreach (var root in roots)
        {
            ArgumentRoles.Read("list", root, sink);
        }
    }

    private static void Delete(List<Word> roots, List<string> names, Word at, ReadingSink sink)
    {
        foreach (var root in Or(roots, at))
        {
            sink.Add(names.Count == 0
                ? sink.Paths.Delete(root, sink.Place, recursive: true, sink.Program)
                : sink.Paths.Delete(Below(root, names[^1], at), sink.Place, recursive: root.Text is "/", sink.Program));
        }
    }

    private static int Execute(List<Word> roots, List<string> names, IReadOnlyList<Word> words, int at, ReadingSink sink)
    {
        var end = at + 1;
        while (end < words.Count && words[end].Text is not (";" or "\\;") && !(words[end].Text is "+" && words[end - 1].Text is "{}"))
        {
            end++;
        }

        var command = words.Skip(at + 1).Take(end - at - 1).ToArray();
        if (command.Length == 0)
        {
            return end;
        }

        foreach (var root in Or(roots, words[at]))
        {
            // What is found stands for itself when it is alone, and is unknown text inside anything else (sh -c 'rm {}').
            sink.Run([.. command.Select((word, index) => word.Text switch
            {
                "{}" when index > 0 => names.Count == 0 && root.Text is "/" or "~" ? root : Below(root, names.Count == 0 ? "*" : names[^1], word),
                { } text when text.Contains("{}", StringComparison.Ordinal) => new Word(null, text, word.Start, word.Length),
                _ => word,
            })]);
        }

        return end;
    }

    private static Word Below(Word root, string name, Word at) => root.Text is { } text
        ? new Word(text.TrimEnd('/') + "/**/" + (name.Contains('/') ? "*" : name), "{}", at.Start, at.Length, HasGlob: true)
        : new Word(null, root.Raw, at.Start, at.Length, Prefix: root.Prefix);

    private static IEnumerable<Word> Or(List<Word> roots, Word at) => roots.Count > 0 ? roots : [new Word(".", ".", at.Start, at.Length)];
}
