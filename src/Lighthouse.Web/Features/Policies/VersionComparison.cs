using DiffPlex;
using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;
using Lighthouse.Engine.Validation.Contracts;
using Lighthouse.Web.Ui;

namespace Lighthouse.Web.Features.Policies;

internal enum LineChange { Same, Added, Removed, Gap }

/// <param name="Before">Line number on the old side, null where it has none; likewise <paramref name="After"/>.</param>
internal sealed record ComparedLine(LineChange Change, int? Before, int? After, string Text);

/// <summary>Two texts line by line, unchanged stretches folded.</summary>
internal static class VersionComparison
{
    private const int Around = 3;

    public static IReadOnlyList<ComparedLine> Of(string before, string after)
    {
        var (left, right) = (0, 0);
        var lines = new List<ComparedLine>();
        foreach (var piece in new InlineDiffBuilder(new Differ()).BuildDiffModel(before, after, ignoreWhitespace: false).Lines)
        {
            lines.Add(piece.Type switch
            {
                ChangeType.Inserted => new ComparedLine(LineChange.Added, null, ++right, piece.Text),
                ChangeType.Deleted => new ComparedLine(LineChange.Removed, ++left, null, piece.Text),
                _ => new ComparedLine(LineChange.Same, ++left, ++right, piece.Text),
            });
        }

        return Fold(lines);
    }

    /// <summary>Examples as lines to compare.</summary>
    public static string Words(IEnumerable<PolicyExample> examples) => string.Join('\n', examples.Select(static one =>
        $"{one.Policy} {(one.Matches ? "must match" : "must not match")}: {TrialInput.Subject(one.Request)}"
        + (one.Request.Tool is { } tool ? $" ({tool})" : "") + (one.Verdict is { } verdict ? $" → {Display.Word(verdict)}" : "")));

    private static List<ComparedLine> Fold(List<ComparedLine> lines)
    {
        var shown = new bool[lines.Count];
        for (var i = 0; i < lines.Count; i++)
        {
            if (lines[i].Change != LineChange.Same)
            {
                Array.Fill(shown, true, Math.Max(0, i - Around), Math.Min(lines.Count, i + Around + 1) - Math.Max(0, i - Around));
            }
        }

        var folded = new List<ComparedLine>(lines.Count);
        for (var i = 0; i < lines.Count; i++)
        {
            if (shown[i])
            {
                folded.Add(lines[i]);
                continue;
            }

            var from = i;
            while (i + 1 < lines.Count && !shown[i + 1])
            {
                i++;
            }

            folded.Add(new ComparedLine(LineChange.Gap, null, null, $"{i - from + 1} unchanged line{(i == from ? "" : "s")}"));
        }

        return folded;
    }
}
