namespace Lighthouse.Engine.Commands.Syntax;

/// <summary>A piece of the tree. Offsets are UTF-16, into the text (or <see cref="Fragment"/>) that was parsed.</summary>
internal abstract class SyntaxNode(int start, int end)
{
    public int Start => start;
    public int End => end;
    public int Length => end - start;
}

/// <summary>
/// Text that had to be copied out of the source before it could be parsed (backticks, here-documents), and the
/// source range it came from. <see cref="IsExact"/>: it is that range, character by character.
/// </summary>
internal sealed record Fragment(string Text, int SourceStart, int SourceEnd, bool IsExact);

/// <summary>The result of parsing: a tree, or the reason why there is none.</summary>
internal sealed record ParsedScript(ScriptNode? Root, string? Problem, int ProblemAt);
