using System.Buffers;
using Lighthouse.Engine.Commands.Effects;

namespace Lighthouse.Engine.Commands.Resolution;

/// <summary>
/// The form of an output whose text is not known: numbers, dates, hashes. Only for programs and options that can print nothing else,
/// whatever they read; everything else has no shape.
/// </summary>
/// <param name="Whole">The shape of all of it; null where only <paramref name="Leading"/> is known.</param>
/// <param name="Leading">Each line begins with a number and this character, as after <c>grep -n</c>; else NUL.</param>
internal sealed record OutputShape(TextShape? Whole, char Leading = '\0')
{
    private const string DateLetters = "YCymdejHIklMSsuwGgVUWFTR";

    private static readonly OutputShape Numbers = new(TextShape.Number);
    private static readonly SearchValues<char> _matching = SearchValues.Create("ncEFiwxvma1");
    private static readonly SearchValues<char> _passing = SearchValues.Create("nru0123456789");
    private static readonly SearchValues<char> _plain = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.,:+/@=-");

    public static OutputShape? Of(string program, List<Word> arguments, Input input, ShellState state) => program switch
    {
        "date" => Date(arguments),
        "seq" => arguments.Count is > 0 and <= 3 && arguments.TrueForAll(IsNumber) ? Numbers : null,
        "nproc" when arguments.Count == 0 => Numbers,
        "id" when arguments is [{ Text: "-u" or "-g" }] => Numbers,
        "wc" => Count(arguments),
        "grep" or "egrep" or "fgrep" => Matches(arguments),
        "stat" when arguments is [{ Text: "-c" }, { Text: "%s" or "%Y" or "%X" or "%a" or "%h" or "%i" }, _] => Numbers,
        "git" => Git(arguments, state),
        "basename" or "dirname" => PathParts.Of(program, arguments) is { HasGlob: true, Text: { } part } && part[0] != '.' ? new OutputShape(new TextShape(part)) : null,
        "head" or "tail" or "sort" or "uniq" or "tac" => Enumerable.Range(0, arguments.Count).All(at => IsPlainOption(program, arguments, at)) ? input.Shape : null,
        "tr" => input.Shape == Numbers && arguments is [{ Text: "-d" }, { IsKnown: true }] ? input.Shape : null,
        "cut" => input.Shape is { Leading: not '\0' and var separator } && Joined(arguments) is var text && (text == $"-d{separator}-f1" || text == $"-f1-d{separator}") ? Numbers : null,
        "awk" => input.Shape is { Leading: not '\0' and var separator } && Joined(arguments)?.Replace(" }", "}", StringComparison.Ordinal).Replace("{ ", "{", StringComparison.Ordinal) == (separator == ' ' ? "" : $"-F{separator}") + "{print $1}" ? Numbers : null,
        _ => null,
    };

    // date +%F: every letter here prints digits, and the text between them is what it says.
    private static OutputShape? Date(List<Word> arguments)
    {
        string? format = null;
        for (var i = 0; i < arguments.Count; i++)
        {
            switch (arguments[i].Text)
            {
                case "-u" or "--utc":
                    break;
                case "-d" or "--date" or "-r":
                    i++;
                    break;
                case ['+', .. var given] when format is null && !arguments[i].HasGlob:
                    format = given;
                    break;
                default:
                    return null;
            }
        }

        var printed = false;
        var pattern = new System.Text.StringBuilder();
        for (var i = 0; i < format?.Length; i++)
        {
            var c = format[i];
            if (c != '%')
            {
                if (!_plain.Contains(c))
                {
                    return null;
                }

                pattern.Append(c);
                continue;
            }

            i += i + 1 < format.Length && format[i + 1] is '-' or '_' or '0' ? 1 : 0;
            var letter = ++i < format.Length ? format[i] : '\0';
            if (!DateLetters.Contains(letter))
            {
                return null;
            }

            printed = true;
            pattern.Append(Glob.Numeral);
        }

        return !printed ? null : new OutputShape(new TextShape(pattern.ToString(), format is "%s" or "%Y" or "%j" ? "1" : null));
    }

    // wc -l < file prints a number; with a file named it prints that name as well.
    private static OutputShape? Count(List<Word> arguments)
    {
        if (arguments.FindAll(static word => word.Text is not ['-', ..]) is not { Count: <= 1 } files || arguments.Count - files.Count != 1
            || arguments.Find(static word => word.Text is ['-', ..]).Text is not ("-l" or "-w" or "-c" or "-m" or "--lines" or "--words" or "--bytes" or "--chars"))
        {
            return null;
        }

        return files.Count == 0 ? Numbers : files[0] is { Text: { } name } && name.AsSpan().IndexOfAnyExcept(_plain) < 0 ? new OutputShape(null, ' ') : null;
    }

    // With one file, or the input, no name stands before a line. What grep says of a binary file instead is no command of sed, and climbs out of no directory.
    private static OutputShape? Matches(List<Word> arguments)
    {
        var options = arguments.FindAll(static word => word.Text is ['-', _, ..]);
        var operands = arguments.Count - options.Count;
        if (operands is not (1 or 2) || !options.TrueForAll(static word => word.Text!.AsSpan(1).IndexOfAnyExcept(_matching) < 0) || arguments.Exists(static word => word is { Text: null } or { HasGlob: true })
            || (operands == 2 && (arguments[^1].Text!.AsSpan().IndexOfAnyExcept(_plain) >= 0 || arguments[^1].Text!.Contains("..", StringComparison.Ordinal))))
        {
            return null;
        }

        return options.Exists(static word => word.Text!.Contains('c')) ? Numbers : options.Exists(static word => word.Text!.Contains('n')) ? new OutputShape(null, ':') : null;
    }

    private static OutputShape? Git(List<Word> arguments, ShellState state)
    {
        if (state.Find("GIT_DIR") is not null || state.Find("GIT_WORK_TREE") is not null)
        {
            return null;
        }

        return arguments switch
        {
            [{ Text: "rev-parse" }, { Text: "HEAD" }] or [{ Text: "rev-parse" }, { Text: "--short" }, { Text: "HEAD" }] => new OutputShape(new TextShape(Glob.Hash.ToString())),
            [{ Text: "rev-list" }, { Text: "--count" }, { Text: not null and not ['-', ..] }] => Numbers,
            _ => null,
        };
    }

    private static bool IsNumber(Word word) => word is { Shape.Example: { } example } ? example == "1" : int.TryParse(word.Text, out _);

    // Lines pass whole. A number that is no option's value would be a file to read in place of the input.
    private static bool IsPlainOption(string program, List<Word> arguments, int at) => arguments[at].Text is { Length: > 0 } text
        && ((text is ['-', _, ..] && text.AsSpan(1).IndexOfAnyExcept(_passing) < 0)
            || (program is "head" or "tail" && at > 0 && arguments[at - 1].Text is "-n" && text.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0));

    private static string? Joined(List<Word> arguments) => arguments.TrueForAll(static word => word is { IsKnown: true, HasGlob: false }) ? string.Concat(arguments.Select(static word => word.Text)) : null;
}
