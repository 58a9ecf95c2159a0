namespace Lighthouse.Engine.Commands.Contracts;

/// <summary>What kind of action a tool is, in one word: <c>shell</c>, <c>read</c>, <c>list</c>, <c>write</c>, <c>delete</c>, <c>fetch</c>, <c>search</c>, <c>process</c>, <c>talk</c>, <c>mcp</c> or <c>other</c>.</summary>
public static class ToolActions
{
    public static IReadOnlyList<string> All { get; } =
        ["shell", "read", "list", "write", "delete", "fetch", "search", "process", "talk", "mcp", "other"];

    /// <param name="tool">The tool's name as the host says it.</param>
    public static string Of(string tool) => ToolCatalogue.KindOf(tool) switch
    {
        ToolKind.Shell => "shell",
        ToolKind.Read => "read",
        ToolKind.List => "list",
        ToolKind.Write or ToolKind.Patch => "write",
        ToolKind.Delete => "delete",
        ToolKind.Fetch => "fetch",
        ToolKind.Search => "search",
        ToolKind.ProcessControl => "process",
        ToolKind.Harmless => "talk",
        ToolKind.Mcp => "mcp",
        _ => "other",
    };
}
