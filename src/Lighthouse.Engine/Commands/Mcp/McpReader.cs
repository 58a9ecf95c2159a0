using Lighthouse.Contracts;
using Lighthouse.Engine.Commands.Contracts;
using Lighthouse.Engine.Commands.Effects;
using Lighthouse.Engine.Commands.Programs;

namespace Lighthouse.Engine.Commands.Mcp;

/// <summary>
/// A tool of an MCP server, by three voices: the operator's declaration, which alone may lower the risk; the server's own hints, which may
/// raise it; and the arguments, where a path, an address, a command or a statement is judged as everywhere else.
/// </summary>
internal sealed class McpReader(IProgramKnowledge knowledge, IPathPlaces places, McpDeclarations declarations)
{
    public Analysis Read(DecisionRequest request, ActionPlace place)
    {
        var uses = new List<EffectUse>();
        var declared = declarations.Of(request.Tool);
        foreach (var term in declared)
        {
            uses.Add(new EffectUse(term.Effect, term.Place, request.Tool, term.Risk, term.Why, 0, 0, request.Tool));
        }

        if (declared.Count == 0)
        {
            uses.Add(new EffectUse(Effect.Unknown, Place.Unresolved, request.Tool, Risk.Medium, $"calls the MCP tool {request.Tool}, whose effects are not known", 0, 0, request.Tool));
        }

        var reads = declared.Count > 0 && declared.All(static term => term.Effect is Effect.Read or Effect.NetworkIn);
        if (request.Annotations is { } hints)
        {
            ReadHints(hints, reads, request.Tool, uses);
        }

        var arguments = new ToolArguments(knowledge, places, place, request.Tool, reads);
        arguments.Read(request.Input);
        uses.AddRange(arguments.Uses);
        return AnalysisWriter.Write(uses, arguments.Programs, arguments.Problem);
    }

    // A hint that says less than the declaration says nothing: it comes from the side that is judged.
    private static void ReadHints(ToolAnnotations hints, bool reads, string tool, List<EffectUse> uses)
    {
        if (hints.DestructiveHint == true)
        {
            uses.Add(new EffectUse(Effect.Unknown, Place.Unresolved, tool, Risk.High, "calls a tool whose own server says that it may destroy something", 0, 0, tool));
        }
        else if (reads && hints.ReadOnlyHint == false)
        {
            uses.Add(new EffectUse(Effect.Unknown, Place.Unresolved, tool, Risk.Medium, "calls a tool that is declared to read, whose own server says that it changes something", 0, 0, tool));
        }

        if (hints.OpenWorldHint == true && !uses.Exists(static use => use.Effect is Effect.NetworkIn or Effect.NetworkOut))
        {
            uses.Add(new EffectUse(Effect.NetworkIn, Place.Network, tool, Risk.Low, "calls a tool whose server says that it talks to others", 0, 0, tool));
        }
    }
}
