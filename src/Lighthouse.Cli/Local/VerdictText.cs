using System.Text;
using Lighthouse.Contracts;
using Lighthouse.Engine.Validation.Contracts;

namespace Lighthouse.Cli.Local;

/// <summary>A verdict for a person at a terminal: shape and word, never colour alone.</summary>
internal static class VerdictText
{
    /// <param name="judges">What judged, in words.</param>
    public static string Of(LocalVerdict verdict, string command, string judges)
    {
        var text = new StringBuilder();
        text.Append(Sign(verdict.Verdict)).Append(' ').AppendLine(verdict.Verdict.ToString().ToLowerInvariant());
        foreach (var line in CommandPicture.Draw(command, verdict.Deciding?.Part.Start ?? 0, verdict.Deciding?.Part.Length ?? 0))
        {
            text.Append("  ").AppendLine(line);
        }

        text.AppendLine();
        Line(text, "why", verdict.Reason);
        Line(text, "risk", verdict.Risk.ToString().ToLowerInvariant());
        Line(text, "effects", verdict.Effects.Count == 0 ? "none" : string.Join(", ", verdict.Effects));
        Line(text, "rule", string.Join(", ", verdict.Policies));
        Line(text, "judged", judges);
        Line(text, "unclear", verdict.Analysis.Problem ?? "");
        text.AppendLine();
        TreeText.Append(text, verdict, command);
        return text.ToString().TrimEnd();
    }

    public static string Sign(Verdict verdict) => verdict switch
    {
        Verdict.Allow => "✓",
        Verdict.Deny => "✕",
        _ => "◆",
    };

    public static string Where(ActionPart part) => part.Target is { Length: > 0 } target ? $"{part.Place}: {TerminalText.OneLine(target, 80)}" : part.Place;

    private static void Line(StringBuilder text, string name, string value)
    {
        if (value.Length > 0)
        {
            text.Append("  ").Append(name.PadRight(8)).Append(' ').AppendLine(TerminalText.OneLine(value));
        }
    }
}
