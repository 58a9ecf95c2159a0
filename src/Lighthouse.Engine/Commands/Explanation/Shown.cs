namespace Lighthouse.Engine.Commands.Explanation;

/// <summary>A stay at one node, ended by disposal. Does nothing where nobody asked for a tree.</summary>
internal readonly struct Shown(TreeRecorder? tree, DraftNode? outer) : IDisposable
{
    public void Dispose()
    {
        if (tree is not null)
        {
            tree.Leave(outer!);
        }
    }
}
