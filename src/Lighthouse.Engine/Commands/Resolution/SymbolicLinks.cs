using Lighthouse.Engine.Commands.Effects;

namespace Lighthouse.Engine.Commands.Resolution;

/// <summary>Links that the command itself makes, so that a path through one of them is judged by where it leads.</summary>
internal sealed class SymbolicLinks
{
    private Dictionary<string, string>? _targets;

    public bool Any => _targets is not null;

    public void Note(string program, List<Word> arguments, string? workingDirectory)
    {
        var name = Path.GetFileName(program.AsSpan()).TrimStart('g');
        if (name is not "ln" && !(name is "cp" && arguments.Exists(static argument => argument.Text is ['-', not '-', ..] letters && letters.AsSpan().IndexOfAny("sl") > 0 || argument.Text is "--symbolic-link" or "--link")))
        {
            return;
        }

        var operands = arguments.FindAll(argument => argument.Text is not ['-', _, ..]);
        if (operands is not [{ Text: { } target }, .., { Text: { } link }] || Path.GetFileName(target.TrimEnd('/')) is not { } last)
        {
            return;
        }

        var place = Directories.Resolve(workingDirectory, link);
        if (place is null)
        {
            return;
        }

        // A relative target starts where the link stands. The name may also be a directory that the link is made in.
        var full = target[0] is '/' or '~' ? target : Directories.Resolve(Path.GetDirectoryName(place), target);
        if (full is not null && place != full)
        {
            _targets ??= [];
            _targets[place] = full;
            _targets[place.TrimEnd('/') + "/" + last] = full;
        }
    }

    public Word Follow(string? workingDirectory, Word word)
    {
        if (_targets is not null && word.Shape is not null)
        {
            // It may be the name of a link.
            return word with { Shape = null };
        }

        if (_targets is null || word.Text is not { Length: > 0 } text || text[0] == '-' || Directories.Resolve(workingDirectory, text) is not { } path)
        {
            return word;
        }

        for (var end = path.Length; end > 0; end = path.LastIndexOf('/', end - 1))
        {
            if (_targets.TryGetValue(path[..end], out var target))
            {
                return word with { Text = target + path[end..] };
            }
        }

        return word;
    }
}
