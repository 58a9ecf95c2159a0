using System.Text.RegularExpressions;
using Lighthouse.Contracts;
using Lighthouse.Engine.Commands.Effects;

namespace Lighthouse.Engine.Commands.Programs.Reading;

/// <summary>Arguments in a little language of one program's own.</summary>
internal static partial class ProgramRoles
{
    private static readonly string[] FzfRunning = ["execute", "execute-silent", "become", "reload", "reload-sync", "preview", "transform"];

    public static void Read(string role, Word word, ReadingSink sink)
    {
        var text = word.Text ?? word.Prefix;
        switch (role)
        {
            case "fish-script":
                if (!word.IsKnown || text.Contains('\\'))
                {
                    // fish decodes letters outside quotes, which the reading as bash would miss.
                    sink.Dynamic("runs fish code with letters in disguise", word);
                }

                sink.RunScript(word);
                break;
            case "filter" when text is ['/' or '~', ..] or ['.', '.', '/', ..]:
                // A file that an option before it named: jq --rawfile name file.
                ArgumentRoles.Read("guarded", word, sink);
                break;
            case "filter":
                // jq and yq read files that a filter names; what stands between quotes may be one.
                for (var open = text.IndexOf('"'); open >= 0 && text.IndexOf('"', open + 1) is > 0 and var close; open = text.IndexOf('"', close + 1))
                {
                    ArgumentRoles.Read("guarded", word with { Text = text[(open + 1)..close] }, sink);
                }

                break;
            case "git-remote" when !word.IsKnown && text.Contains("://", StringComparison.Ordinal):
                ArgumentRoles.Read("url", word, sink);
                break;
            case "git-remote":
                if (text.IndexOf("::", StringComparison.Ordinal) is > 0 and var transport && !text[..transport].Contains('/') && !text[..transport].Contains('['))
                {
                    sink.Dynamic($"reaches a remote through the program git-remote-{text[..transport]}", word);
                }

                break;
            case "alias" when text.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals:
                sink.RunScript(word with { Text = word.IsKnown ? text[(equals + 1)..] : null });
                break;
            case "fzf-bind":
                FzfBind(word, text, sink);
                break;
            case "tar-action" when text.StartsWith("exec", StringComparison.Ordinal):
                sink.RunScript(word with { Text = word.IsKnown && text.Contains('=') ? text[(text.IndexOf('=', StringComparison.Ordinal) + 1)..].Trim('\'', '"') : null });
                break;
            case "sysctl" when text.Contains('='):
                sink.Add(EffectTerm.Parse("system: changes the kernel's settings"));
                break;
            case "pager-file" when text.StartsWith('+'):
                if (text.AsSpan().IndexOfAny('!', '|', 's') >= 0)
                {
                    sink.Dynamic("gives the pager a command", word);
                }

                break;
            case "pager-file":
                ArgumentRoles.Read("read", word, sink);
                break;
            case "perl-module":
                PerlModule(word, text, sink);
                break;
            case "ruby-module" when LanguageRules.Of("ruby") is { } ruby && !ruby.Modules.Contains(text):
                sink.Dynamic($"loads the library {text}", word);
                break;
            case "php-setting" when text.StartsWith("auto_", StringComparison.OrdinalIgnoreCase) || text.Contains("extension", StringComparison.OrdinalIgnoreCase) || !word.IsKnown:
                sink.Dynamic("sets an option that loads code", word);
                break;
            case "cert-read":
                // A certificate is public; only a key in its place is a secret.
                if (text.Contains("id_", StringComparison.OrdinalIgnoreCase) || text.EndsWith(".key", StringComparison.OrdinalIgnoreCase) || text.Contains("priv", StringComparison.OrdinalIgnoreCase)
                    || text.Contains("/.", StringComparison.Ordinal))
                {
                    ArgumentRoles.Read("read", word, sink);
                }

                break;
        }
    }

    private static void FzfBind(Word word, string text, ReadingSink sink)
    {
        if (!word.IsKnown)
        {
            sink.Dynamic("binds a key to something that is not known beforehand", word);
            return;
        }

        foreach (var action in FzfRunning)
        {
            for (var at = text.IndexOf(action, StringComparison.Ordinal); at >= 0; at = text.IndexOf(action, at + action.Length, StringComparison.Ordinal))
            {
                var open = at + action.Length;
                while (open < text.Length && (char.IsAsciiLetter(text[open]) || text[open] == '-'))
                {
                    open++;
                }

                // preview-up and preview-down move; only what is followed by an argument runs something.
                if (open < text.Length && text[open] is '(' or '[' or '{' or ':' or '~' or '!' or '|' or '@' or '%' && (open == at + action.Length || action == "transform"))
                {
                    var rest = text[(open + 1)..].Replace("\\ ", " ", StringComparison.Ordinal);
                    sink.RunScript(word with { Text = text[open] == ':' ? rest : rest.TrimEnd(')', ']', '}', '~', '!', '|', '@', '%') });
                }
            }
        }
    }

    [GeneratedRegex(@"^-?[\w:]+(=[\w,:]+)?$", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex ModuleAndImports();

    private static void PerlModule(Word word, string text, ReadingSink sink)
    {
        // What follows the name is code: -M'strict;unlink "a"'.
        if (text.Length > 0 && !char.IsAsciiDigit(text[0]) && !ModuleAndImports().IsMatch(text))
        {
            sink.Dynamic("gives code where a module is named", word);
            return;
        }

        var name = text.TrimStart('-').Split('=', ' ')[0];
        if (name.Length > 0 && !char.IsAsciiDigit(name[0]) && LanguageRules.Of("perl") is { } perl && !perl.Modules.Contains(name))
        {
            sink.Dynamic($"loads the module {name}", word);
        }
    }
}
