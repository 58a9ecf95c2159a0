using System.Text;
using Lighthouse.Contracts;

namespace Lighthouse.Web.Ui;

/// <summary>A stretch of a command that is shown in one way. <paramref name="Hidden"/>: the text spells out an invisible character.</summary>
internal sealed record CommandSegment(string Text, Risk? Risk, bool Hidden);

/// <summary>Cuts a command at the borders of its deciding parts and at its invisible characters.</summary>
internal static class CommandSegments
{
    private const int MostParts = 40;

    /// <summary>The parts that decide: as bad as the worst, or at least medium. Most severe first, without repetition.</summary>
    public static IReadOnlyList<ActionPart> Deciding(Analysis? analysis)
    {
        if (analysis is null || analysis.Parts.Count == 0)
        {
            return [];
        }

        var worst = analysis.Parts.Max(part => part.Risk);
        return [.. analysis.Parts
            .Where(part => part.Risk == worst || part.Risk >= Risk.Medium)
            .DistinctBy(part => (part.Start, part.Length, part.Why))
            .OrderByDescending(part => part.Risk)
            .Take(MostParts)];
    }

    public static IReadOnlyList<CommandSegment> Of(string command, IReadOnlyList<ActionPart> parts)
    {
        // Offsets come from analysis of another text in the worst case (redaction): clamp instead of trusting them.
        var spans = parts
            .Select(part => (Start: Math.Clamp(part.Start, 0, command.Length), End: (int)Math.Clamp((long)part.Start + part.Length, 0, command.Length), part.Risk))
            .Where(span => span.End > span.Start)
            .ToList();
        var borders = new SortedSet<int> { 0, command.Length };
        foreach (var (start, end, _) in spans)
        {
            borders.Add(start);
            borders.Add(end);
        }

        var segments = new List<CommandSegment>();
        var from = 0;
        foreach (var border in borders.Skip(1))
        {
            Risk? risk = null;
            foreach (var span in spans)
            {
                if (span.Start <= from && span.End >= border && (risk is null || span.Risk > risk))
                {
                    risk = span.Risk;
                }
            }

            AddVisible(segments, command.AsSpan(from, border - from), risk);
            from = border;
        }

        return segments;
    }

    private static void AddVisible(List<CommandSegment> segments, ReadOnlySpan<char> text, Risk? risk)
    {
        var plain = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (!HiddenCharacters.IsHidden(rune))
            {
                plain.Append(rune.ToString());
                continue;
            }

            Flush();
            segments.Add(new CommandSegment(HiddenCharacters.Name(rune), risk, Hidden: true));
        }

        Flush();

        void Flush()
        {
            if (plain.Length > 0)
            {
                segments.Add(new CommandSegment(plain.ToString(), risk, Hidden: false));
                plain.Clear();
            }
        }
    }
}
