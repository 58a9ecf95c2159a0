using Lighthouse.Contracts;

namespace Lighthouse.Engine.Commands.Explanation;

/// <summary>From what the walk came by to what is worth showing.</summary>
internal static class TreeShape
{
    public static ActionNode Of(DraftNode draft)
    {
        var children = new List<ActionNode>(draft.Children.Count);
        foreach (var child in draft.Children)
        {
            if (IsTelling(child))
            {
                children.Add(Of(child));
            }
        }

        // The order of the text, which is also the order of the eye; a stable sort keeps the order of running where the text does not differ.
        return new ActionNode
        {
            Kind = draft.Kind,
            Start = draft.Start,
            Length = draft.End - draft.Start,
            Words = draft.Words,
            Note = draft.Note,
            Effects = EffectWords.Names(draft.Effects),
            Parts = draft.Parts,
            Children = [.. children.OrderBy(static child => child.Start)],
        };
    }

    // 2>&1, a lent variable and a subscript are only worth a line of their own when they do something.
    private static bool IsTelling(DraftNode node) =>
        node.Parts.Count > 0 || node.Kind is not (ActionKinds.Redirection or ActionKinds.Assignment) || node.Children.Exists(IsTelling);
}
