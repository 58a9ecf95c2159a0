namespace Lighthouse.Engine.Commands.Effects;

/// <summary>How far the rules come with a directory: what they say of it, and where they would go on with a name in it.</summary>
internal sealed class DirectoryFindings(PathFindings findings, PathRuleNode[] open, bool inGit)
{
    public PathFindings Findings { get; } = findings;
    public PathRuleNode[] Open => open;

    /// <summary>It is a git directory, or below one.</summary>
    public bool InGit => inGit;
}
