using Lighthouse.Engine.Commands.Effects;

namespace Lighthouse.Engine.Commands.Explanation;

/// <summary>A node while the walk is still going on. The walk may come by again (a loop, a function called twice): it finds the same node.</summary>
internal sealed class DraftNode(DraftNode? parent, string kind, int start, int end, int local)
{
    public DraftNode? Parent => parent;
    public string Kind => kind;
    public int Start { get; private set; } = start;
    public int End { get; private set; } = end;
    public int Depth { get; } = parent is null ? 0 : parent.Depth + 1;
    public IReadOnlyList<string>? Words { get; set; }
    public string? Note { get; set; }
    public List<DraftNode> Children { get; } = [];
    public List<int> Parts { get; } = [];
    public Effect Effects { get; set; }

    public bool Is(string otherKind, int otherStart, int otherEnd, int otherLocal) =>
        kind == otherKind && local == otherLocal && Start == otherStart && End == otherEnd;

    /// <summary>A here-document stands behind the line of its command, and belongs to it and to what is around it.</summary>
    public void Grow(int toStart, int toEnd)
    {
        for (var node = this; node is not null; node = node.Parent)
        {
            node.Start = Math.Min(node.Start, toStart);
            node.End = Math.Max(node.End, toEnd);
        }
    }
}
