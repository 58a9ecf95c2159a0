using Lighthouse.Contracts;
using Lighthouse.Engine.Commands.Effects;

namespace Lighthouse.Engine.Commands.Programs.Reading;

/// <summary><c>git -c name=value</c>: some settings are commands.</summary>
internal static class GitSettings
{
    private static readonly HashSet<string> Commands = new(StringComparer.OrdinalIgnoreCase)
    {
        "core.pager", "core.editor", "core.sshcommand", "core.askpass", "core.fsmonitor", "core.gitproxy", "sequence.editor", "diff.external", "gpg.program", "gpg.ssh.program",
        "gpg.openpgp.program", "gpg.x509.program", "credential.helper", "interactive.difffilter", "uploadpack.packobjectshook", "web.browser", "receive.procreceiverefs", "ssh.variant",
    };

    private static readonly string[] CommandEndings =
        [".textconv", ".command", ".cmd", ".path", ".clean", ".smudge", ".process", ".driver", ".helper", ".proxycommand", ".uploadpack", ".receivepack", ".vcs", "program", ".pager", "command", "cmd"];

    // These get their text on standard input; all others are given names or more.
    private static readonly string[] Filters = ["pager", "difffilter", ".clean", ".smudge", ".process"];

    private static readonly string[] Loading =
        ["core.hookspath", "include.path", "includeif.", "core.worktree", "core.gitdir", "core.attributesfile", "init.templatedir", "protocol.", "url.", "http.", "https.", "remote.", "filter.", "submodule.", "safe.", "extensions.", "core.bare", "core.excludesfile"];

    public static void Read(Word word, ReadingSink sink)
    {
        var text = word.Text ?? word.Prefix;
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? text : text[..equals];
        var value = word with { Text = word.IsKnown ? equals < 0 ? "" : text[(equals + 1)..] : null };
        if (name.Length == 0 || (equals < 0 && !word.IsKnown))
        {
            sink.Dynamic("sets a git option that is not known beforehand", word);
        }
        else if (name.StartsWith("alias.", StringComparison.OrdinalIgnoreCase))
        {
            Alias(value, sink);
        }
        else if (Commands.Contains(name) || name.StartsWith("pager.", StringComparison.OrdinalIgnoreCase)
            || Array.Exists(CommandEndings, ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase)))
        {
            if (value.Text is not ("" or "true" or "false" or "1" or "0"))
            {
                var filters = name.StartsWith("pager.", StringComparison.OrdinalIgnoreCase) || Array.Exists(Filters, ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
                ArgumentRoles.Read(filters ? "script" : "script-with-arguments", value, sink);
            }
        }
        else if (Array.Exists(Loading, beginning => name.StartsWith(beginning, StringComparison.OrdinalIgnoreCase)))
        {
            sink.Add(Effect.ExecuteDynamic, Place.None, Risk.High, $"sets {name}, through which git can run or reach something else", word);
        }
        else if (name.StartsWith("clean.requireforce", StringComparison.OrdinalIgnoreCase) || name.StartsWith("gc.", StringComparison.OrdinalIgnoreCase)
            || name.StartsWith("user.", StringComparison.OrdinalIgnoreCase) || name.StartsWith("receive.", StringComparison.OrdinalIgnoreCase))
        {
            sink.Add(Effect.HistoryRewrite, Place.Workspace, Risk.High, $"sets {name} for one command", word);
        }
    }

    private static void Alias(Word value, ReadingSink sink)
    {
        if (value.Text is { Length: > 1 } text && text[0] == '!')
        {
            sink.RunScript(value with { Text = text[1..] });
        }
        else
        {
            sink.RunScript(value with { Text = value.Text is null ? null : "git " + value.Text });
        }
    }
}
