using Lighthouse.Engine.Commands.Contracts;
using Lighthouse.Engine.Commands.Effects;

namespace Lighthouse.Engine.Commands;

/// <summary>The files that a patch names: the form of <c>apply_patch</c> and unified diffs.</summary>
internal static class PatchReader
{
    private static readonly string[] _written = ["*** Add File:", "*** Update File:", "*** Move to:", "+++ b/", "+++ ", "rename to ", "copy to "];
    private static readonly string[] _gone = ["*** Delete File:", "rename from "];
    private static readonly string[] _silent = ["*** Begin Patch", "*** End Patch", "*** End of File", "*** Environment"];

    /// <summary>Adds what is written and deleted; returns what cannot be understood, or null.</summary>
    public static string? Read(string text, string field, string tool, ActionPlace place, IPathPlaces places, List<EffectUse> uses)
    {
        var start = 0;
        string? before = null;
        foreach (var whole in text.Split('\n'))
        {
            // Blanks before a header are overlooked by those who apply it.
            var line = whole.AsSpan().Trim().ToString();
            var use = After(line, _written) is { } path ? path == "/dev/null" ? Deleted(before, tool, place, places) : places.Write(Whole(path), place, tool)
                : After(line, _gone) is { } gone ? Deleted(gone, tool, place, places)
                : null;
            if (use is not null)
            {
                uses.Add(use with { Field = field, Start = start, Length = whole.TrimEnd('\r').Length });
            }
            else if ((line.StartsWith("***", StringComparison.Ordinal) && Array.TrueForAll(_silent, silent => !line.StartsWith(silent, StringComparison.Ordinal)) && After(line, _written) is null)
                || line is "new file mode 120000" or "new mode 120000")
            {
                return line.StartsWith("***", StringComparison.Ordinal) ? "the patch has a header that is not known" : "the patch makes a symbolic link";
            }

            before = After(line, ["--- a/", "--- "]) ?? before;
            start += whole.Length + 1;
        }

        return null;
    }

    private static EffectUse? Deleted(string? path, string tool, ActionPlace place, IPathPlaces places) =>
        places.Delete(path is null ? new Word(null, "a file", 0, 0) : Whole(path), place, recursive: false, tool);

    // A tab and a date may follow the name.
    private static string? After(string line, string[] headers)
    {
        var header = Array.Find(headers, known => line.StartsWith(known, StringComparison.Ordinal));
        return header is null ? null : line[header.Length..].Split('\t')[0].Trim();
    }

    private static Word Whole(string text) => new(text, text, 0, 0);
}
