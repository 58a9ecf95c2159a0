using Lighthouse.Contracts;

namespace Lighthouse.Engine.Commands.Contracts;

/// <summary>Where the action happens.</summary>
/// <param name="WorkingDirectory">Absolute, or null when unknown: then nothing is inside.</param>
/// <param name="WorkspaceRoot">The directory that counts as inside, or null for none.</param>
/// <param name="Home">The agent's home directory, for <c>~</c>, when it can be derived; else null (still recognised as a home).</param>
/// <param name="ProtectedPaths">Absolute paths that no command may touch: the data directory.</param>
/// <param name="ProtectedAddresses"><c>host:port</c> of Lighthouse itself.</param>
public sealed record ActionPlace(
    string? WorkingDirectory, string? WorkspaceRoot, string? Home,
    IReadOnlyList<string> ProtectedPaths, IReadOnlyList<string> ProtectedAddresses)
{
    /// <summary>Where <see cref="WorkingDirectory"/> is unknown: absolute directories, or patterns of such, of which it is one, if that much is known. Only what is read is judged by them.</summary>
    public IReadOnlyList<string> PossibleDirectories { get; init; } = [];
}

public interface ICommandAnalyser
{
    /// <summary>What the operator told it of tools, as a digest: where it differs, the same request may be read differently.</summary>
    string Settings => "";

    /// <summary>
    /// What the action would do. Never throws for any request: what cannot be understood comes back with
    /// <see cref="Analysis.Complete"/> false or an <c>unknown</c> or <c>execute-dynamic</c> effect.
    /// </summary>
    Analysis Analyse(DecisionRequest request, ActionPlace place);
}
