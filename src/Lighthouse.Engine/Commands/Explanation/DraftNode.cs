using Lighthouse.Engine.Commands.Effects;

namespace Lighthouse.Engine.Commands.Explanation;

/// <summary>A node while the walk is still going on. The walk may come by again (a loop, a function called twice): it finds the same node.</summary>
internal sealed class DraftNode(DraftNode? parent, string kind, (int Start, int End) entered, (int Start, int End) span, int local)
{
    public DraftNode? Parent => parent;
    public string Kind => kind;
    public int Start { get; private set; } = span.Start;
    public int End { get; private set; } = span.End;
    public int Depth { get; } = parent is null ? 0 : parent.Depth + 1;

    /// <summary>False past the limits: the walk is here all the same, and what it says here is said of nothing else.</summary>
    public bool IsListed { get; private set; }

    public IReadOnlyList<string>? Words { get; set; }
    public string? Note { get; set; }
    public List<DraftNode> Children { get; } = [];
    public List<int> Parts { get; } = [];
    public Effect Effects { get; set; }

    /// <summary>The span may have grown since: what the walk came with is what it comes with again.</summary>
    public bool Is(string otherKind, (int Start, int End) otherEntered, (int Start, int End) otherSpan, int otherLocal) =>
        kind == otherKind && local == otherLocal && (entered == otherEntered || (Start, End) == otherSpan);

    /// <summary>Shows the node with the nearest of those around it that is shown.</summary>
    public void List()
    {
        IsListed = true;
        ShownParent()?.Children.Add(this);
    }

    /// <summary>This node, or the nearest around it that is shown.</summary>
    public DraftNode Nearest() => IsListed ? this : ShownParent() ?? this;

    /// <summary>A here-document stands behind the line of its command, and belongs to it and to what is around it.</summary>
    public void Grow(int toStart, int toEnd)
    {
        for (var node = this; node is not null; node = node.Parent)
        {
            node.Start = Math.Min(node.Start, toStart);
            node.End = Math.Max(node.End, toEnd);
        }
    }

    private DraftNode? ShownParent()
    {
        var node = parent;
        while (node is { IsListed: false })
        {
            node = node.Parent;
        }

        return node;
    }
}
