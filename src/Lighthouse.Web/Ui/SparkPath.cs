using System.Globalization;
using System.Text;

namespace Lighthouse.Web.Ui;

/// <summary>The lines of a sparkline; a gap in the measurements is a gap in the line.</summary>
internal static class SparkPath
{
    public static IReadOnlyList<string> Of(IReadOnlyList<double?> points, int width, int height)
    {
        var top = points.Max() ?? 0;
        var lines = new List<string>();
        var line = new StringBuilder();
        for (var i = 0; i < points.Count; i++)
        {
            if (points[i] is not { } value)
            {
                Close(lines, line);
                continue;
            }

            var x = points.Count < 2 ? 0 : (double)i / (points.Count - 1) * width;
            var y = height - 2 - (top <= 0 ? 0 : value / top * (height - 4));
            line.Append(line.Length == 0 ? 'M' : 'L').Append(CultureInfo.InvariantCulture, $"{x:0.#} {y:0.#}");
        }

        Close(lines, line);
        return lines;
    }

    private static void Close(List<string> lines, StringBuilder line)
    {
        if (line.Length == 0)
        {
            return;
        }

        // A lone measurement would draw nothing: give it one pixel.
        lines.Add(line.ToString().Contains('L', StringComparison.Ordinal) ? line.ToString() : line + "h1");
        line.Clear();
    }
}
