namespace Lighthouse.Engine.Validation;

/// <summary>Section <c>Lighthouse:Workspace</c>.</summary>
public sealed class WorkspaceOptions
{
    /// <summary>Directories that count as workspaces. With none, a request's working directory is its workspace.</summary>
    public string[] Roots { get; set; } = [];

    /// <summary>
    /// Absolute paths that no command may touch, beside this node's own data directory. Nodes share answers only where they protect the same:
    /// with different data directories, each lists those of the others, or a directory above all of them.
    /// </summary>
    public string[] Protected { get; set; } = [];

    /// <summary><c>host:port</c> of Lighthouse beside this node's own: those of the other nodes, for the same reasons.</summary>
    public string[] ProtectedAddresses { get; set; } = [];
}
