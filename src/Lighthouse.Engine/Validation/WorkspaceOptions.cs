namespace Lighthouse.Engine.Validation;

/// <summary>Section <c>Lighthouse:Workspace</c>.</summary>
public sealed class WorkspaceOptions
{
    /// <summary>Directories that count as workspaces. With none, a request's working directory is its workspace.</summary>
    public string[] Roots { get; set; } = [];
}
