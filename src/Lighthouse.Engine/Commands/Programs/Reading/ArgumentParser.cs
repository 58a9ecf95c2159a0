using Lighthouse.Engine.Commands.Effects;

namespace Lighthouse.Engine.Commands.Programs.Reading;

/// <summary>Sorts words into subcommands, options with their values, positional arguments and a nested command.</summary>
internal sealed class ArgumentParser
{
    private readonly List<Word> _words;
    private readonly ParsedCommand _parsed;
    private int _at;
    private bool _optionsEnded;
    private bool _lastWasUnknownOption;

    private ArgumentParser(CommandSpec spec, IReadOnlyList<Word> words)
    {
        _words = words as List<Word> ?? [.. words];
        _parsed = new ParsedCommand(spec);
    }

    public static ParsedCommand Parse(CommandSpec spec, IReadOnlyList<Word> words)
    {
        var parser = new ArgumentParser(spec, words);
        parser.Parse();
        return parser._parsed;
    }

    private void Parse()
    {
        for (; _at < _words.Count && _parsed.NestedRole is null; _at++)
        {
            var word = _words[_at];
            var text = word.Text ?? (word.Prefix.StartsWith('-') ? word.Prefix : null);
            if (word.Text is "--" && !_optionsEnded)
            {
                _optionsEnded = true;
            }
            else if (_at == 0 && _parsed.Spec.Bundled && text is not (null or "") && text[0] != '-')
            {
                Bundle(text);
            }
            else if ((text is { Length: > 1 } || (text is "-" && (word.Text is null || _parsed.Spec.Option("-") is not null))) && text[0] == '-' && !_optionsEnded)
            {
                _parsed.OwnArguments++;
                Option(word, text);
            }
            else
            {
                Positional(word);
            }
        }
    }

    private void Positional(Word word)
    {
        _lastWasUnknownOption = false;
        var spec = _parsed.Spec;
        if (spec.HasSubcommands && _parsed.Positionals.Count == 0 && _parsed.UnknownSubcommand is null)
        {
            if (AsksItself(spec, word.Text))
            {
                _parsed.ShowsHelp = true;
                return;
            }

            if (word.Text is { } name && spec.Subcommand(name) is { } child)
            {
                _parsed.Spec = child;
                _parsed.OwnArguments = 0;
                return;
            }

            if (!spec.TakesArguments || word.Text is null)
            {
                _parsed.UnknownSubcommand = word;
            }
        }

        _parsed.OwnArguments++;
        var role = _parsed.Roles.AtLeast(_parsed.Positionals.Count);
        if (role == "env-command" && word.Text is { } text && Assigns(text))
        {
            _parsed.AddAssignment(word);
            return;
        }

        if (role is "command" or "env-command" or "command-line" or "remote-command")
        {
            _parsed.NestedRole = role;
            _parsed.Nested = _words[_at..];
            return;
        }

        if (word is { IsForeign: true, Prefix.Length: 0 } && !_optionsEnded && IsOneVariable(word.Raw))
        {
            _parsed.PossibleOption ??= word;
        }

        _parsed.AddPositional(word, _words.Count - _at);
        _optionsEnded |= _parsed.Spec.Posix;
    }

    // help, version and a shell's completion script: clients with subcommands answer these themselves, listed or not.
    private bool AsksItself(CommandSpec spec, string? name) =>
        name is "help" or "version" or "completion" or "completions" && spec is { Parent: null, Help: true, Does.Length: 0, Special: null } && spec.Arguments == Roles.None
        && !spec.Subcommands.ContainsKey(name)
        && (name is "help" || (_at + 1 == _words.Count && _parsed.OwnArguments == 0)
            || (name is not "version" && _at + 2 == _words.Count && _words[_at + 1].Text is "bash" or "zsh" or "fish" or "powershell" or "elvish" or "nushell"));

    private void Option(Word word, string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var name = equals > 0 ? text[..equals] : text;
        var option = (word.IsKnown && equals > 0 ? _parsed.Spec.Option(text) : null) ?? _parsed.Spec.Option(name);
        if (option is null && _parsed.Positionals.Count == 0 && _parsed.Spec.Subcommands.TryGetValue(text, out var dashed))
        {
            // cmake -E tar: a subcommand that is spelt like an option.
            _parsed.Spec = dashed.Value;
            _parsed.OwnArguments = 0;
            return;
        }

        var helps = text is "--help" or "-help" || (text is "-h" or "-?" && _at == _words.Count - 1 && (_parsed.Spec.HasSubcommands || _parsed.Spec.Parent is not null));
        if (option is null && helps && _parsed.Spec.Help && !_lastWasUnknownOption && _parsed.Positionals.Count == 0)
        {
            _parsed.ShowsHelp = true;
            return;
        }

        if (option is null && text.StartsWith("--", StringComparison.Ordinal) && name.Length > 2)
        {
            option = _parsed.Spec.Abbreviated(name);
        }

        if (option is not null)
        {
            _lastWasUnknownOption = false;
            if (equals > 0 && option is { Replaces: true, TakesValue: false } && option.Name != text && text[(equals + 1)..] is not ("true" or "1" or "yes"))
            {
                // --dry-run=false: what would have made the command harmless is switched off, whatever came before.
                _parsed.ActsAfterAll = true;
                return;
            }

            var attached = equals > 0 && option.Name != text ? Part(word, equals + 1) : (Word?)null;
            _parsed.AddOption(option, attached ?? (option is { TakesValue: true, AttachedOnly: false } ? Next(option) : null));
            return;
        }

        if (!_parsed.Spec.WholeWords && _parsed.Spec.Glued(text) is { } glued)
        {
            // gcc -MF/etc/x
            _lastWasUnknownOption = false;
            _parsed.AddOption(glued, Part(word, glued.Name.Length));
            return;
        }

        if (text.StartsWith("--", StringComparison.Ordinal) || text.Length == 1 || _parsed.Spec.WholeWords || !Cluster(word, text))
        {
            _lastWasUnknownOption = true;
            _parsed.AddUnlisted(word, _at + 1 < _words.Count ? _words[_at + 1] : null);
        }
    }

    // -xzf file: letters until one takes a value.
    private bool Cluster(Word word, string text)
    {
        if (text.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0)
        {
            return true;
        }

        var known = true;
        for (var i = 1; i < text.Length; i++)
        {
            if (_parsed.Spec.Option(Short(text[i])) is not { } option)
            {
                // Digits in a cluster are values of the letter before, as in tail -n5.
                known &= i > 1 && char.IsAsciiDigit(text[i]);
                continue;
            }

            if (!option.TakesValue)
            {
                _parsed.AddOption(option, null);
                continue;
            }

            var attached = i + 1 < text.Length || !word.IsKnown ? Part(word, i + 1) : (Word?)null;
            _parsed.AddOption(option, attached ?? (option.AttachedOnly ? null : Next(option)));
            break;
        }

        _lastWasUnknownOption = !known;
        return known;
    }

    private static readonly string[] Shorts = [.. Enumerable.Range(0, 128).Select(static letter => "-" + (char)letter)];

    private static string Short(char letter) => letter < Shorts.Length ? Shorts[letter] : "-" + letter;

    // tar cfz archive dir: every letter that takes a value takes the next word.
    private void Bundle(string letters)
    {
        _parsed.OwnArguments++;
        foreach (var letter in letters)
        {
            if (_parsed.Spec.Option(Short(letter)) is { } option)
            {
                _parsed.AddOption(option, option is { TakesValue: true, AttachedOnly: false } ? Next(option) : null);
            }
        }
    }

    private Word? Next(OptionSpec option)
    {
        // find -exec and fd -x: the value is a command that ends with a semicolon or plus.
        if (option.Role is "named-read" or "named-text")
        {
            // jq --rawfile name file
            _at = Math.Min(_at + 2, _words.Count - 1);
            return _words[_at];
        }

        if (option.Role is "command-until" or "command-rest" or "python-module")
        {
            var first = _at + 1;
            var end = first;
            while (end < _words.Count && (option.Role is not "command-until" || _words[end].Text is not (";" or "+")))
            {
                end++;
            }

            _parsed.NestedRole = end >= _words.Count - 1 ? "command" : null;
            _parsed.Nested = first < end ? _words[first..end] : [];
            if (option.Role is "python-module")
            {
                // A module's name is none of a program: the modules have a table of their own.
                _parsed.Nested = [_words[_at] with { Text = "python-module" }, .. _parsed.Nested];
            }

            _at = end;
            return null;
        }

        return _at + 1 < _words.Count ? _words[++_at] : null;
    }

    // $x, "$x", ${x} or $(…): what follows a value, as in $x/src, leaves no option that means much.
    private static bool IsOneVariable(string raw)
    {
        var text = raw.AsSpan().Trim('"');
        return text is ['$', '(' , .., ')'] or ['`', .., '`'] or ['$', '{', .., '}'] || (text is ['$', _, ..] && text[1..].IndexOfAnyExcept(Identifier) < 0);
    }

    private static Word Part(Word word, int from) => word.Text is { } text
        ? word with { Text = text[from..] }
        : word with { Prefix = word.Prefix.Length >= from ? word.Prefix[from..] : "" };

    private static bool Assigns(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 && text.AsSpan(0, equals).IndexOfAnyExcept(Identifier) < 0 && !char.IsAsciiDigit(text[0]);
    }

    private static readonly System.Buffers.SearchValues<char> Identifier =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
}
