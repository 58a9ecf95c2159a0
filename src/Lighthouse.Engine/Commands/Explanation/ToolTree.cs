using Lighthouse.Contracts;
using Lighthouse.Engine.Commands.Effects;

namespace Lighthouse.Engine.Commands.Explanation;

/// <summary>The tree of a tool without a shell: its input's properties, each with what it does.</summary>
internal static class ToolTree
{
    public static ActionNode Of(Analysis analysis)
    {
        var own = new List<int>();
        var fields = new List<(string Name, List<int> Parts)>();
        for (var i = 0; i < analysis.Parts.Count; i++)
        {
            if (analysis.Parts[i].Field is not { } name)
            {
                own.Add(i);
            }
            else if (fields.Find(field => field.Name == name) is { Parts: { } there })
            {
                there.Add(i);
            }
            else
            {
                fields.Add((name, [i]));
            }
        }

        return new ActionNode
        {
            Kind = ActionKinds.Request,
            Effects = Effects(own, analysis),
            Parts = own,
            Children = [.. fields.Take(TreeRecorder.MaxNodes).Select(field => new ActionNode
            {
                Kind = ActionKinds.Field,
                Note = field.Name,
                Effects = Effects(field.Parts, analysis),
                Parts = field.Parts,
            })],
        };
    }

    private static string[] Effects(List<int> parts, Analysis analysis) =>
        [.. parts.Select(part => analysis.Parts[part].Effect).Distinct()];
}
