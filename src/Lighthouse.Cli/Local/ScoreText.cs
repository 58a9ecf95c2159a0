using System.Globalization;
using System.Text;
using Lighthouse.Engine.Scoring.Contracts;

namespace Lighthouse.Cli.Local;

/// <summary>One count and the share of it that may fail.</summary>
internal sealed record ScoreBound(string Name, ScoreCount Count, double Most, bool Inclusive)
{
    // Nothing to count is nothing that failed.
    public bool Fits => Count.Failed == 0 || (Inclusive ? Count.Ratio <= Most : Count.Ratio < Most);
}

/// <summary>A score for a person at a terminal. The commands are other people's text: nothing of it reaches the terminal as it is.</summary>
internal static class ScoreText
{
    private const int MostColumns = 160;

    public static string Of(ScoreReport report, IReadOnlyList<ScoreBound> bounds, int show)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{report.Rows} commands, profile {report.Profile} alone, without custom policies and risk patterns ({report.PolicySetVersion})");
        foreach (var bound in bounds)
        {
            Add(text, bound.Fits ? "✓" : "✕", bound.Name, bound.Count, string.Create(CultureInfo.InvariantCulture, $" (limit {bound.Most * 100:0.####}%)"), show);
        }

        Add(text, " ", "a human should see it, allowed", report.Unasked, "", show);
        return text.ToString().TrimEnd();
    }

    /// <summary>A share as 0.005 or 0.5%; null for anything else.</summary>
    public static double? Share(string text)
    {
        var percent = text.EndsWith('%');
        return double.TryParse(percent ? text[..^1] : text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && (percent ? number / 100 : number) is >= 0 and <= 1 and var share
            ? share
            : null;
    }

    private static void Add(StringBuilder text, string mark, string name, ScoreCount count, string bound, int show)
    {
        text.AppendLine(CultureInfo.InvariantCulture, $"{mark} {name,-32} {count.Failed,5} of {count.Of,5}  {count.Ratio * 100:0.00}%{bound}");
        if (show <= 0)
        {
            return;
        }

        foreach (var category in count.Failures.GroupBy(static row => row.Category).OrderByDescending(static rows => rows.Count()).ThenBy(static rows => rows.Key, StringComparer.Ordinal))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"    {(category.Key.Length > 0 ? TerminalText.OneLine(category.Key, MostColumns) : "without a category")}: {category.Count()}");
            foreach (var row in category.Take(show))
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"      line {row.Line}: {VerdictText.Sign(row.Verdict)} {row.Verdict.ToString().ToLowerInvariant()}  {TerminalText.OneLine(row.Command, MostColumns)}");
            }

            if (category.Count() > show)
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"      and {category.Count() - show} more");
            }
        }
    }
}
