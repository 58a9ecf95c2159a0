using System.Text.Json;
using Lighthouse.Contracts;
using Lighthouse.Engine.Commands.Contracts;
using Lighthouse.Engine.Commands.Effects;
using Lighthouse.Engine.Commands.Explanation;
using Lighthouse.Engine.Commands.Mcp;
using Lighthouse.Engine.Commands.Resolution;

namespace Lighthouse.Engine.Commands;

internal sealed class CommandAnalyser(IProgramKnowledge knowledge, IPathPlaces places, McpDeclarations? declarations = null) : ICommandAnalyser, ICommandExplainer
{
    private readonly ToolReader _tools = new(places);
    private readonly McpDeclarations _declarations = declarations ?? McpDeclarations.None;
    private readonly McpReader _mcp = new(knowledge, places, declarations ?? McpDeclarations.None);

    public string Settings => _declarations.Digest;

    public Analysis Analyse(DecisionRequest request, ActionPlace place) => Analyse(request, place, explains: false, out _);

    public ExplainedAction Explain(DecisionRequest request, ActionPlace place)
    {
        var analysis = Analyse(request, place, explains: true, out var tree);
        return new(analysis, tree?.Finish() ?? ToolTree.Of(analysis));
    }

    private Analysis Analyse(DecisionRequest request, ActionPlace place, bool explains, out TreeRecorder? tree)
    {
        tree = null;
        try
        {
            return AnalyseTool(request, place, explains, ref tree);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // A defect here must not let anything through: what cannot be analysed is not known, and half a tree is none.
            tree = null;
            return AnalysisWriter.NotUnderstood($"the analysis failed ({exception.GetType().Name})");
        }
    }

    private Analysis AnalyseTool(DecisionRequest request, ActionPlace place, bool explains, ref TreeRecorder? tree)
    {
        if (request.Input.ValueKind is not (JsonValueKind.Object or JsonValueKind.Undefined or JsonValueKind.Null))
        {
            return AnalysisWriter.NotUnderstood("the tool's input is not an object");
        }

        var kind = ToolCatalogue.KindOf(request.Tool);
        switch (kind)
        {
            case ToolKind.Shell when ShellInput.Read(request.Input) is { } shell:
                tree = explains ? new TreeRecorder(shell.Text.Length) : null;
                return AnalyseShell(shell, request.Input, place, tree);
            case ToolKind.Shell:
                return AnalysisWriter.NotUnderstood("the shell tool's input has no command");
            case ToolKind.Mcp:
                return _mcp.Read(request, place);
            default:
                return _tools.Read(request.Tool, kind, request.Input, place);
        }
    }

    private Analysis AnalyseShell(ShellInput shell, JsonElement input, ActionPlace place, TreeRecorder? tree)
    {
        if (shell.Directory is { } directory)
        {
            place = place with { WorkingDirectory = Directories.Resolve(place.WorkingDirectory, directory) };
        }

        var walker = new ScriptWalker(knowledge, places, place, shell.Text) { Tree = tree };
        if (shell.Words is { } words)
        {
            walker.WalkWords(words);
        }
        else
        {
            walker.WalkText(shell.Text);
        }

        if (walker.Problem is null && walker.Uses.Count == 0 && !string.IsNullOrWhiteSpace(shell.Text))
        {
            // Understood to the end, and only builtins, tests and assignments: nothing outside the shell happens.
            walker.Uses.Add(new EffectUse(Effect.Read, Place.None, null, Risk.Low, "only prints or keeps what the shell knows", 0, shell.Text.Length, null));
        }

        ShellSurroundings.Read(input, walker.Uses);
        return AnalysisWriter.Write(walker.Uses, walker.Programs, walker.Problem, ProblemSpan(shell.Text, walker.ProblemAt), tree);
    }

    // One character, never half of one; at the end of the text the last that can be seen.
    private static (int Start, int Length) ProblemSpan(string text, int? at)
    {
        var end = text.AsSpan().TrimEnd().Length;
        if (at is not { } start || end == 0)
        {
            return default;
        }

        start = Math.Min(start, end - 1);
        start -= start > 0 && char.IsLowSurrogate(text[start]) && char.IsHighSurrogate(text[start - 1]) ? 1 : 0;
        return (start, char.IsHighSurrogate(text[start]) && start + 1 < text.Length && char.IsLowSurrogate(text[start + 1]) ? 2 : 1);
    }
}
