namespace Lighthouse.Engine.Commands.Programs.Reading;

/// <summary>The names, string literals and loaded modules of a piece of code, without a parser for its language.</summary>
internal sealed class CodeTokens
{
    private readonly HashSet<int> _moduleMentions = [];

    public List<(string Name, int End)> Names { get; } = [];
    public List<string> Literals { get; } = [];
    public List<string> Modules { get; } = [];

    /// <summary>A name that only says which module is loaded, or speaks of a module that may be.</summary>
    public bool IsModuleMention(int index, IReadOnlySet<string> allowed) => _moduleMentions.Contains(index) || allowed.Contains(Names[index].Name);

    public static CodeTokens Of(string code, string language)
    {
        var tokens = new CodeTokens();
        tokens.Scan(code, 0, code.Length, language);
        tokens.FindModules(code, language);
        return tokens;
    }

    private void Scan(string code, int start, int end, string language)
    {
        for (var i = start; i < end; i++)
        {
            var c = code[i];
            if (c is '"' or '\'')
            {
                var close = Close(code, i, end, c);
                var inner = code[(i + 1)..Math.Min(close, end)];
                Literals.Add(inner);
                if (Interpolates(code, i, c, inner, language))
                {
                    Scan(code, i + 1, Math.Min(close, end), language);
                }

                i = close;
            }
            else if (c == '#' && language is "python" or "perl" or "ruby" or "r" && (i == start || char.IsWhiteSpace(code[i - 1]) || code[i - 1] == ';'))
            {
                i = code.IndexOf('\n', i) is >= 0 and var line && line < end ? line : end;
            }
            else if (char.IsLetter(c) || c == '_')
            {
                var last = i;
                while (last < end && (char.IsLetterOrDigit(code[last]) || code[last] == '_'))
                {
                    last++;
                }

                Names.Add((code[i..last], last));
                i = last - 1;
            }
        }
    }

    // A string that can hold code of its own.
    private static bool Interpolates(string code, int at, char quote, string inner, string language) => language switch
    {
        "python" => at > 0 && code[at - 1] is 'f' or 'F' || (at > 1 && code[at - 1] is 'r' or 'R' && code[at - 2] is 'f' or 'F'),
        "perl" or "ruby" or "php" => quote == '"' && inner.AsSpan().IndexOfAny('{', '[') >= 0,
        _ => false,
    };

    private static int Close(string code, int at, int end, char quote)
    {
        for (at++; at < end && code[at] != quote; at++)
        {
            at += code[at] == '\\' ? 1 : 0;
        }

        return at;
    }

    private void FindModules(string code, string language)
    {
        for (var i = 0; i < Names.Count; i++)
        {
            var (name, end) = Names[i];
            switch (language, name)
            {
                case ("python", "import") when i > 1 && Names[i - 2].Name == "from":
                    break;
                case ("python", "import" or "from"):
                    PythonModules(code, end, i);
                    break;
                case ("node", "require") when code.AsSpan(end).StartsWith(".resolve("):
                    _moduleMentions.Add(i);
                    break;
                case ("node", "require"):
                    Modules.Add(Quoted(code, end) is { } required ? required.EndsWith(".json", StringComparison.Ordinal) ? "path" : required : "?");
                    _moduleMentions.Add(i);
                    break;
                case ("ruby", "require"):
                    Modules.Add(Quoted(code, end) ?? "?");
                    _moduleMentions.Add(i);
                    break;
                case ("perl", "use" or "no"):
                    Modules.Add(Rest(code, end, "; \n(").TrimStart('v'));
                    break;
                case ("r", "library" or "require"):
                    Modules.Add(Rest(code, end, ")").Trim('(', '"', '\''));
                    break;
            }
        }
    }

    private void PythonModules(string code, int end, int index)
    {
        var from = Names[index].Name == "from";
        var stop = code.AsSpan(end).IndexOfAny(';', '\n');
        var text = code[end..(stop < 0 ? code.Length : end + stop)];
        if (from)
        {
            text = text.Split(" import ")[0];
        }

        foreach (var part in text.Split(','))
        {
            Modules.Add(part.Trim().Split(' ')[0]);
        }

        for (var i = index + 1; i < Names.Count && Names[i].End <= end + text.Length; i++)
        {
            _moduleMentions.Add(i);
        }
    }

    private static string? Quoted(string code, int at)
    {
        var rest = code.AsSpan(at).TrimStart([' ', '(']);
        if (rest.Length == 0 || rest[0] is not ('"' or '\''))
        {
            return null;
        }

        var close = rest[1..].IndexOf(rest[0]);
        return close < 0 ? null : rest.Slice(1, close).ToString();
    }

    private static string Rest(string code, int at, string stops)
    {
        var text = code[at..].TrimStart();
        var end = text.AsSpan().IndexOfAny(stops);
        return (end < 0 ? text : text[..end]).Trim();
    }
}
