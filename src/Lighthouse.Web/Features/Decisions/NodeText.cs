using Lighthouse.Contracts;
using Lighthouse.Web.Ui;

namespace Lighthouse.Web.Features.Decisions;

/// <summary>The text of a node in one short line.</summary>
internal static class NodeText
{
    private const int Most = 160;

    /// <summary>As it stands in the command; for a tool's input the name of the property. Offsets are not trusted: the text may have been redacted since.</summary>
    public static string Written(ActionNode node, string? command)
    {
        if (command is null)
        {
            return node.Note ?? "";
        }

        var start = Math.Clamp(node.Start, 0, command.Length);
        return Shorten(command.Substring(start, (int)Math.Clamp((long)node.Start + node.Length - start, 0, command.Length - start)));
    }

    /// <summary>The word of the contract, or a longer one where that word is also the first of the text.</summary>
    public static string Kind(ActionNode node) => node.Kind switch
    {
        ActionKinds.For or ActionKinds.While or ActionKinds.Until or ActionKinds.Select => node.Kind + " loop",
        ActionKinds.If or ActionKinds.Case => node.Kind + " choice",
        ActionKinds.Wrapped => "runs",
        _ => node.Kind,
    };

    public static string Shorten(string text) => HiddenCharacters.Reveal(
        text.Length <= Most ? text.TrimEnd() : string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[Most - 1]) ? Most - 1 : Most), "…"));
}
