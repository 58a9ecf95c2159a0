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
}
