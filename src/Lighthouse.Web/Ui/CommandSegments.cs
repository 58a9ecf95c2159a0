using System.Globalization;
using System.Text;
using Lighthouse.Contracts;

namespace Lighthouse.Web.Ui;

/// <summary>A stretch of a command that is shown in one way. <paramref name="Hidden"/>: the text spells out an invisible character, and how often it stands here.</summary>
/// <param name="At">UTF-16 offset in the command; <paramref name="End"/> is the offset behind it.</param>
internal sealed record CommandSegment(string Text, int At, int End, bool Decides, bool Hidden);

/// <summary>Cuts a command at the borders of what decided, of its pieces, and of its invisible characters.</summary>
internal static class CommandSegments
{
    // Each becomes an element of the page. Past this, invisible characters are spelled out inside of the text around them.
    private const int Most = 2_000;

    /// <param name="tree">Its nodes may be pointed at one by one, so the text is cut at their borders, too.</param>
    public static IReadOnlyList<CommandSegment> Of(string command, TextMark? mark, ActionNode? tree = null)
    {
        // Offsets come from analysis of another text in the worst case (redaction): clamp instead of trusting them.
        var start = Border(command, mark?.Start ?? 0, up: false);
        var end = mark is { } given ? Border(command, (long)given.Start + given.Length, up: true) : start;
        var borders = new SortedSet<int> { 0, start, end, command.Length };
        if (tree is not null)
        {
            AddBorders(borders, command, tree);
        }

        var segments = new List<CommandSegment>();
        var from = 0;
        foreach (var border in borders.Skip(1))
        {
            AddVisible(segments, command, from, border, decides: start <= from && border <= end);
            from = border;
        }

        return segments;
    }

    private static void AddBorders(SortedSet<int> borders, string command, ActionNode node)
    {
        borders.Add(Border(command, node.Start, up: false));
        borders.Add(Border(command, (long)node.Start + node.Length, up: true));
        foreach (var child in node.Children)
        {
            AddBorders(borders, command, child);
        }
    }

    // Never between the two halves of a character.
    private static int Border(string command, long offset, bool up)
    {
        var at = (int)Math.Clamp(offset, 0, command.Length);
        var splits = at > 0 && at < command.Length && char.IsHighSurrogate(command[at - 1]) && char.IsLowSurrogate(command[at]);
        return !splits ? at : up ? at + 1 : at - 1;
    }

    private static void AddVisible(List<CommandSegment> segments, string command, int from, int to, bool decides)
    {
        var plain = new StringBuilder();
        var begun = from;
        for (var at = from; at < to;)
        {
            Rune.DecodeFromUtf16(command.AsSpan(at, to - at), out var rune, out var length);
            if (!HiddenCharacters.IsHidden(rune))
            {
                plain.Append(command, at, length);
                at += length;
                continue;
            }

            var count = Run(command.AsSpan(at, to - at), rune);
            var name = count == 1 ? HiddenCharacters.Name(rune) : string.Create(CultureInfo.InvariantCulture, $"{HiddenCharacters.Name(rune)} ×{count:N0}");
            if (segments.Count >= Most)
            {
                plain.Append('⟨').Append(name).Append('⟩');
            }
            else
            {
                Flush(at);
                begun = at + (count * length);
                segments.Add(new CommandSegment(name, at, begun, decides, Hidden: true));
            }

            at += count * length;
        }

        Flush(to);

        void Flush(int end)
        {
            if (plain.Length > 0)
            {
                segments.Add(new CommandSegment(plain.ToString(), begun, end, decides, Hidden: false));
                plain.Clear();
            }
        }
    }

    // How often the same character stands here in a row: thousands of them are one fact.
    private static int Run(ReadOnlySpan<char> text, Rune first)
    {
        var count = 0;
        while (!text.IsEmpty)
        {
            Rune.DecodeFromUtf16(text, out var rune, out var length);
            if (rune != first)
            {
                break;
            }

            count++;
            text = text[length..];
        }

        return count;
    }
}
