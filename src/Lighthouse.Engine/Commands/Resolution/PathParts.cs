using Lighthouse.Engine.Commands.Effects;

namespace Lighthouse.Engine.Commands.Resolution;

/// <summary>What <c>basename</c> and <c>dirname</c> print of a path that is known, or known to fit a pattern.</summary>
internal static class PathParts
{
    /// <summary>The part, as a pattern where the path is one; null where it cannot be told.</summary>
    public static Word? Of(string program, List<Word> arguments)
    {
        var isBase = program.EndsWith("basename", StringComparison.Ordinal);
        if (arguments.Count == 0 || arguments.Count > (isBase ? 2 : 1) || arguments[0] is not { Text: { Length: > 0 } path } word || path[0] == '-'
            || (arguments.Count == 2 && arguments[1] is not { Text: not null, HasGlob: false }))
        {
            return null;
        }

        var text = path.TrimEnd('/');
        var slash = text.LastIndexOf('/');
        if (!isBase)
        {
            // A pattern in the last name says nothing of the directory, one before it stays one.
            var directory = text.Length == 0 ? "/" : slash < 0 ? "." : text[..slash].TrimEnd('/') is { Length: > 0 } above ? above : "/";
            return word with { Text = directory, HasGlob = word.HasGlob && Glob.IsPattern(directory) };
        }

        var name = text.Length == 0 ? "/" : text[(slash + 1)..];
        if (arguments.Count == 2 && arguments[1].Text is { Length: > 0 } suffix && name.Length > suffix.Length)
        {
            if (name.EndsWith(suffix, StringComparison.Ordinal))
            {
                name = name[..^suffix.Length];
            }
            else if (word.HasGlob && name[^1] != '*')
            {
                return null;
            }
        }

        return word with { Text = name, HasGlob = word.HasGlob && Glob.IsPattern(name) };
    }
}
