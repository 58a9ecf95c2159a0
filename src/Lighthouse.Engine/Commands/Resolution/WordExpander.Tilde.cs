namespace Lighthouse.Engine.Commands.Resolution;

/// <summary>Unquoted text, with the home directory that a tilde stands for.</summary>
internal sealed partial class WordExpander
{
    private void AppendLiteral(string text, bool first, bool last, Expansion expansion, FieldBuilder builder)
    {
        if (!first || text[0] != '~')
        {
            builder.Plain(text);
            return;
        }

        var slash = text.IndexOf('/');
        var user = slash < 0 ? text : text[..slash];
        var rest = slash < 0 ? "" : text[slash..];
        if (slash < 0 && !last)
        {
            // ~"x" is no tilde expansion.
            builder.Plain(text);
            return;
        }

        var directory = user switch
        {
            "~" => HomeOf(expansion.State),
            "~+" => expansion.State.WorkingDirectory,
            "~-" => expansion.State.Find("OLDPWD")?.Text,
            _ => user,
        };
        if (directory is null)
        {
            builder.Unknown();
        }
        else
        {
            builder.Quoted(directory);
            builder.Plain(rest);
        }
    }

    // An unknown home stays "~", which every reader of paths takes for a home.
    private string? HomeOf(ShellState state) => state.Find("HOME") is { } assigned ? assigned.Text : home ?? "~";
}
