using System.Text;
using Lighthouse.Contracts;
using Lighthouse.Engine.Commands.Contracts;
using Lighthouse.Engine.Validation.Contracts;

namespace Lighthouse.Cli.Local;

/// <summary>The tree of a command, a line for each node, and under it what it does, with the sign of what the profile says about that.</summary>
internal static class TreeText
{
    private const int MostColumns = 72;

    public static void Append(StringBuilder text, LocalVerdict verdict, string command)
    {
        var root = verdict.Tree;
        if (root.Parts.Count > 0 || root.Note is not null)
        {
            Node(text, root, verdict, command, 0);
            return;
        }

        foreach (var child in root.Children)
        {
            Node(text, child, verdict, command, 0);
        }
    }

    private static void Node(StringBuilder text, ActionNode node, LocalVerdict verdict, string command, int depth)
    {
        var indent = new string(' ', 2 + (2 * depth));
        var written = TerminalText.OneLine(command.Substring(node.Start, node.Length), MostColumns);
        text.Append(indent).Append(node.Kind).Append("  ").Append(written);
        if (node.Words is { } words)
        {
            text.Append("  → ").Append(TerminalText.OneLine(ShownWords.Line(words), MostColumns));
        }

        if (node.Note is { } note)
        {
            text.Append("  (").Append(TerminalText.OneLine(note, MostColumns)).Append(')');
        }

        text.AppendLine();
        foreach (var index in node.Parts)
        {
            var part = verdict.Analysis.Parts[index];
            text.Append(indent).Append("    ").Append(VerdictText.Sign(verdict.PartVerdicts[index].Verdict)).Append(' ').Append(TerminalText.OneLine(part.Why))
                .Append(" (").Append(part.Effect).Append(", ").Append(VerdictText.Where(part)).Append(')')
                .AppendLine(ReferenceEquals(part, verdict.Deciding?.Part) ? "  ← decides" : "");
        }

        foreach (var child in node.Children)
        {
            Node(text, child, verdict, command, depth + 1);
        }
    }
}
