using Lighthouse.Engine.Commands.Effects;

namespace Lighthouse.Engine.Commands.Explanation;

/// <summary>Who gets the room that a tree has: what may have decided comes before what merely stands in front of it.</summary>
internal static class TreeRoom
{
    /// <summary>
    /// The parts' indexes, those first that are the first of their effect, place and risk: a profile decides by these three and names the first,
    /// so the part that decided is among them.
    /// </summary>
    public static IReadOnlyList<int> MostTelling(IReadOnlyList<EffectUse> uses)
    {
        var seen = new HashSet<(Effect, Place, Lighthouse.Contracts.Risk)>();
        List<int> first = [], rest = [];
        for (var i = 0; i < uses.Count; i++)
        {
            (seen.Add((uses[i].Effect, uses[i].Place, uses[i].Risk)) ? first : rest).Add(i);
        }

        first.AddRange(rest);
        return first;
    }

    /// <summary>Takes the words from the nodes for which there is no room.</summary>
    public static void GiveWords(int room, IEnumerable<DraftNode> first, DraftNode root)
    {
        var given = new HashSet<DraftNode>();
        foreach (var node in first.Concat(Listed(root)))
        {
            if (node.Words is { } words && given.Add(node))
            {
                room -= words.Sum(static word => word.Length);
                node.Words = room >= 0 ? words : null;
            }
        }
    }

    private static IEnumerable<DraftNode> Listed(DraftNode node) => node.Children.SelectMany(Listed).Prepend(node);
}
