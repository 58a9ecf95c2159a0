using Lighthouse.Engine.Commands.Syntax;

namespace Lighthouse.Engine.Commands.Resolution;

/// <summary>Scripts inside the script: substitutions, and text that is parsed and run.</summary>
internal sealed partial class ScriptWalker
{
    // What <( ) hands over is a file to whoever opens it.
    private string KeepOutput(Outcome outcome)
    {
        var path = $"/dev/fd/{63 + _substitutions++}";
        _written.Add(null, path, new WrittenFile(outcome.Origin, outcome.Output) { Listing = outcome.Listing, Shape = outcome.Shape });
        return path;
    }

    private Outcome RunSubstitution(ScriptNode body, Frame frame, ShellState state, Input input)
    {
        if (++_nesting > Budget.MaxNesting + SyntaxLimits.MaxDepth)
        {
            _budget.Fail("commands are nested too deeply");
            _nesting--;
            return Outcome.Nothing;
        }

        using var shown = ShowSubstitution(body, frame);
        var outcome = Walk(body, new Surroundings(frame, state, input, Repeats: false));
        _nesting--;
        return outcome;
    }

    /// <summary>Text that is parsed and run, in <paramref name="around"/>'s state; spans fall inside the given range of the source.</summary>
    private Outcome RunText(string text, int start, int length, Surroundings around)
    {
        if (_nesting >= Budget.MaxNesting)
        {
            _budget.Fail("commands are nested too deeply");
        }

        if (!_budget.Reparse(text.Length))
        {
            return Outcome.Nothing;
        }

        using var shown = ShowScript(text, start, length);
        var parsed = ShellParser.Parse(text);
        if (parsed.Root is null)
        {
            ProblemAt ??= Frame.Built(text, _source, start, length).Map(parsed.ProblemAt, 0).Start;
            _budget.Fail("a script inside the command cannot be read: " + parsed.Problem);
            return Outcome.Nothing;
        }

        _nesting++;
        var outcome = Walk(parsed.Root, around with { Frame = Frame.Built(text, _source, start, length) });
        _nesting--;
        return outcome;
    }
}
