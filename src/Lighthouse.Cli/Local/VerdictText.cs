using System.Text;
using Lighthouse.Contracts;
using Lighthouse.Engine.Validation.Contracts;

namespace Lighthouse.Cli.Local;

/// <summary>A verdict for a person at a terminal: shape and word, never colour alone.</summary>
internal static class VerdictText
{
    public static string Of(LocalVerdict verdict, string command)
    {
        var text = new StringBuilder();
        text.Append(Mark(verdict.Verdict)).Append("  ").AppendLine(OneLine(command));
        Line(text, "why", verdict.Reason);
        Line(text, "risk", verdict.Risk.ToString().ToLowerInvariant());
        Line(text, "effects", verdict.Effects.Count == 0 ? "none" : string.Join(", ", verdict.Effects));
        Line(text, "rule", string.Join(", ", verdict.Policies));
        if (verdict.Analysis.Problem is { } problem)
        {
            Line(text, "unclear", problem);
        }

        foreach (var part in verdict.Analysis.Parts)
        {
            Line(text, part == verdict.Analysis.Parts[0] ? "parts" : "", $"{Source(command, part)}  {part.Why} ({part.Effect}, {Where(part)})");
        }

        return text.ToString().TrimEnd();
    }

    private static string Mark(Verdict verdict) => verdict switch
    {
        Verdict.Allow => "✓ allow",
        Verdict.Deny => "✕ deny",
        _ => "◆ escalate",
    };

    private static string Where(ActionPart part) => part.Target is { Length: > 0 } target ? $"{part.Place}: {target}" : part.Place;

    private static string Source(string command, ActionPart part) =>
        part.Start >= 0 && part.Length > 0 && part.Start + part.Length <= command.Length
            ? "`" + OneLine(command.Substring(part.Start, part.Length)) + "`"
            : part.Program ?? "";

    private static string OneLine(string text) => text.ReplaceLineEndings(" ⏎ ");

    private static void Line(StringBuilder text, string name, string value)
    {
        if (value.Length > 0)
        {
            text.Append("  ").Append(name.PadRight(8)).Append(' ').AppendLine(value);
        }
    }
}
