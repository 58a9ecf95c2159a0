using System.Text;
using Lighthouse.Engine.Commands.Effects;

namespace Lighthouse.Engine.Commands.Resolution;

/// <summary>The output of commands whose output follows from their words: what is piped into a shell or substituted.</summary>
internal static class KnownOutput
{
    private static readonly System.Buffers.SearchValues<char> _escapes = System.Buffers.SearchValues.Create("0abcefnrtvx");

    public static string? Of(string name, List<Word> arguments, Input input)
    {
        var slash = name.LastIndexOf('/');
        switch (slash < 0 ? name : name[(slash + 1)..])
        {
            case "echo":
                return Echo(arguments);
            case "printf":
                return Printf(arguments);
            case "cat" when arguments.TrueForAll(argument => argument.Text is "-" or "-u"):
                return input.Text;
            case "tee":
                return input.Text;
            case "basename" or "dirname":
                return PathParts.Of(name, arguments) is { HasGlob: false, Text: { } part } ? part + "\n" : null;
            case "base64" when input.Text is { } text && arguments is [{ Text: "-d" or "-D" or "--decode" }]:
                return Decode(text);
            default:
                return null;
        }
    }

    /// <summary>Programs whose files get exactly what comes in.</summary>
    public static bool CopiesInput(string program) => program is "tee" || program.EndsWith("/tee", StringComparison.Ordinal);

    public static string? Echo(List<Word> arguments)
    {
        var newline = true;
        var escapes = false;
        var at = 0;
        for (; at < arguments.Count && arguments[at].Text is ['-', _, ..] option && option.AsSpan(1).IndexOfAnyExcept("neE") < 0; at++)
        {
            newline &= !option.Contains('n');
            escapes = option.LastIndexOf('e') > option.LastIndexOf('E') || (escapes && !option.Contains('E'));
        }

        var text = new StringBuilder();
        for (var i = at; i < arguments.Count; i++)
        {
            if (arguments[i].Text is not { } word || arguments[i].HasGlob || text.Length > Budget.MaxText)
            {
                return null;
            }

            text.Append(i > at ? " " : "").Append(word);
        }

        var result = text.ToString();
        if (result.Contains('\\') && (escapes || result.AsSpan().IndexOfAny(_escapes) >= 0))
        {
            // Without -e, shells differ on backslashes.
            if (!escapes)
            {
                return null;
            }

            result = Syntax.ShellParser.DecodeAnsi(result);
        }

        return newline ? result + "\n" : result;
    }

    public static string? Printf(List<Word> arguments)
    {
        if (arguments is [{ Text: "--" }, ..])
        {
            arguments = arguments[1..];
        }

        if (arguments.Count == 0 || arguments[0].Text is not { } format || arguments[0].HasGlob || format.StartsWith('-'))
        {
            return null;
        }

        var result = new StringBuilder();
        var next = 1;
        do
        {
            var before = next;
            for (var at = 0; at < format.Length; at++)
            {
                if (format[at] != '%')
                {
                    result.Append(format[at]);
                    continue;
                }

                if (++at >= format.Length || format[at] is not ('%' or 's' or 'b'))
                {
                    return null;
                }

                if (format[at] == '%')
                {
                    result.Append('%');
                }
                else if (next < arguments.Count)
                {
                    if (arguments[next].Text is not { } word || arguments[next].HasGlob || result.Length > Budget.MaxText)
                    {
                        return null;
                    }

                    // Escapes of the format are decoded at the end; those of a %s argument are not.
                    result.Append(format[at] == 's' ? word.Replace("\\", "\\\\", StringComparison.Ordinal) : word);
                    next++;
                }
            }

            if (next == before)
            {
                break;
            }
        }
        while (next < arguments.Count && result.Length < Budget.MaxText);

        return Syntax.ShellParser.DecodeAnsi(result.ToString());
    }

    private static string? Decode(string text)
    {
        try
        {
            var bytes = Convert.FromBase64String(text.Trim());
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (Exception exception) when (exception is FormatException or DecoderFallbackException)
        {
            return null;
        }
    }
}
