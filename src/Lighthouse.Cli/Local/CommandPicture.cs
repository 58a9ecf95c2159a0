using System.Text;

namespace Lighthouse.Cli.Local;

/// <summary>A command with carets under one stretch of it; of a long one, only what is around that stretch.</summary>
internal static class CommandPicture
{
    private const int MostColumns = 110;
    private const int Before = 30;
    private const int MostLines = 12;

    /// <param name="length">None: the command alone.</param>
    public static IEnumerable<string> Draw(string command, int start, int length)
    {
        var lines = Lines(command, start, start + length);
        var first = lines.FindIndex(static line => line.Exists(static cell => cell.Marked));
        var from = lines.Count <= MostLines ? 0 : Math.Max(0, first - 1);
        var to = Math.Min(lines.Count, from + MostLines);
        if (from > 0)
        {
            yield return "⋮";
        }

        for (var i = from; i < to; i++)
        {
            var (text, carets) = Line(lines[i]);
            yield return text;
            if (carets.Length > 0)
            {
                yield return carets;
            }
        }

        if (to < lines.Count)
        {
            yield return "⋮";
        }
    }

    private static List<List<(string Text, int Columns, bool Marked)>> Lines(string command, int start, int end)
    {
        var lines = new List<List<(string, int, bool)>> { new() };
        var at = 0;
        foreach (var rune in command.EnumerateRunes())
        {
            var marked = at < end && at + rune.Utf16SequenceLength > start;
            at += rune.Utf16SequenceLength;
            if (rune.Value == '\n')
            {
                lines.Add([]);
                continue;
            }

            var text = TerminalText.Shown(rune);
            lines[^1].Add((text, TerminalText.Columns(text), marked));
        }

        return lines;
    }

    private static (string Text, string Carets) Line(List<(string Text, int Columns, bool Marked)> cells)
    {
        var (text, carets) = (new StringBuilder(), new StringBuilder());
        var from = 0;
        if (cells.Sum(static cell => cell.Columns) > MostColumns)
        {
            from = Math.Max(0, cells.FindIndex(static cell => cell.Marked) - Before);
        }

        if (from > 0)
        {
            text.Append("… ");
            carets.Append("  ");
        }

        var columns = 0;
        for (var i = from; i < cells.Count; i++)
        {
            columns += cells[i].Columns;
            if (columns > MostColumns)
            {
                text.Append(" …");
                break;
            }

            text.Append(cells[i].Text);
            carets.Append(cells[i].Marked ? '^' : ' ', cells[i].Columns);
        }

        return (text.ToString(), carets.ToString().TrimEnd());
    }
}
