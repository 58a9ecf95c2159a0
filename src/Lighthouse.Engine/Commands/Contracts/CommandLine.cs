using Lighthouse.Contracts;

namespace Lighthouse.Engine.Commands.Contracts;

/// <summary>The text that the offsets of an analysis point into.</summary>
public static class CommandLine
{
    /// <summary>Null where the tool is no shell: then a part's <see cref="ActionPart.Field"/> says where it stands.</summary>
    public static string? Of(DecisionRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return ToolCatalogue.KindOf(request.Tool) == ToolKind.Shell ? ShellInput.Read(request.Input)?.Text : null;
    }

    /// <summary>UTF-8 bytes of the longest text that a shell tool's input could mean, whatever property says it; 0 for other tools. The input's text has to be valid Unicode.</summary>
    public static int LongestBytes(DecisionRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return ToolCatalogue.KindOf(request.Tool) == ToolKind.Shell && request.Input.ValueKind == System.Text.Json.JsonValueKind.Object ? ShellInput.LongestBytes(request.Input) : 0;
    }
}
