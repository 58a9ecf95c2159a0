namespace Lighthouse.Contracts;

/// <summary>
/// What an MCP server says of its own tool, as the host passes it on; the names of the Model Context Protocol. A hint comes from the
/// judged side, so it can only raise the risk: no request is allowed because of one.
/// </summary>
public sealed record ToolAnnotations
{
    public bool? ReadOnlyHint { get; init; }
    public bool? DestructiveHint { get; init; }
    public bool? IdempotentHint { get; init; }
    public bool? OpenWorldHint { get; init; }
}
