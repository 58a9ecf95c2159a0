using Lighthouse.Contracts;
using Lighthouse.Engine.Commands.Effects;
using Lighthouse.Engine.Commands.Explanation;
using Lighthouse.Engine.Commands.Syntax;

namespace Lighthouse.Engine.Commands.Resolution;

/// <summary>Where the walk tells a listener where it is. Without one, each of these is a test for null.</summary>
internal sealed partial class ScriptWalker
{
    /// <summary>Set by those who want to see the tree.</summary>
    public TreeRecorder? Tree { get; init; }

    private Shown Show(CommandNode node, Frame frame) => Tree is null ? default : Show(KindOf(node), node, frame);

    private Shown Show(string kind, SyntaxNode node, Frame frame)
    {
        if (Tree is not { } tree)
        {
            return default;
        }

        var (start, length) = frame.Map(node.Start, node.Length);
        return new Shown(tree, tree.Enter(kind, start, length, frame.IsPlaced ? 0 : node.Start));
    }

    private Shown Show(string kind, int start, int length) => Tree is { } tree ? new Shown(tree, tree.Enter(kind, start, length, 0)) : default;

    private Shown ShowSubstitution(ScriptNode body, Frame frame)
    {
        if (Tree is null || !frame.IsPlaced)
        {
            return Show(ActionKinds.Substitution, body, frame);
        }

        var (start, length) = frame.Map(body.Start, body.Length);
        var end = start + length;
        for (; start > 0 && char.IsWhiteSpace(_source[start - 1]); start--)
        {
        }

        for (; end < _source.Length && char.IsWhiteSpace(_source[end]); end++)
        {
        }

        // The signs around it are part of what a reader takes for the substitution.
        start -= start >= 2 && _source.AsSpan(start - 2, 2) is "$(" or "<(" or ">(" ? 2 : start >= 1 && _source[start - 1] == '`' ? 1 : 0;
        end += end < _source.Length && _source[end] is ')' or '`' ? 1 : 0;
        return Show(ActionKinds.Substitution, start, end - start);
    }

    // Two texts that come out of the same words are two scripts.
    private Shown ShowScript(string text, int start, int length) =>
        Tree is { } tree ? new Shown(tree, tree.Enter(ActionKinds.Script, start, length, StringComparer.Ordinal.GetHashCode(text))) : default;

    private Shown ShowFunction(FunctionNode node) => Tree is { } tree ? new Shown(tree, tree.Return(node)) : default;

    /// <summary>Judges what a command runs, where it stands among the command's words.</summary>
    private Outcome JudgeWrapped(Call call, Surroundings around)
    {
        var (start, end) = (int.MaxValue, 0);
        foreach (var word in call.Words)
        {
            // Words that come from elsewhere (a pipe, a variable) have no place among these.
            if (word.Start >= call.Start && word.Start + word.Length <= call.Start + call.Length)
            {
                start = Math.Min(start, word.Start);
                end = Math.Max(end, word.Start + word.Length);
            }
        }

        if (start < end)
        {
            call = call with { Start = start, Length = end - start };
        }

        using var shown = Show(ActionKinds.Wrapped, call.Start, call.Length);
        ShowWords(call.Words, around.Frame.IsPlaced);
        return Judge(call, around);
    }

    /// <summary>What a wrapper does itself stands with its own words, not with those of the command that it runs.</summary>
    private static EffectUse OwnWords(EffectUse use, Call call, IReadOnlyList<NestedRun> runs)
    {
        if (runs is [ArgumentsRun { Words: [var first, ..] }, ..] && use.Start == call.Start && use.Length == call.Length
            && first.Start > call.Start && first.Start < call.Start + call.Length)
        {
            var end = call.Start;
            foreach (var word in call.Words)
            {
                end = word.Start + word.Length <= first.Start ? Math.Max(end, word.Start + word.Length) : end;
            }

            return end > call.Start ? use with { Length = end - call.Start } : use;
        }

        return use;
    }

    private void ShowWords(List<Word> words, bool placed)
    {
        if (Tree is { } tree && (!placed || words.Exists(ReadsOtherwise)))
        {
            tree.SayWords(words);
        }
    }

    // Quotes around a whole word are no surprise to anybody.
    private static bool ReadsOtherwise(Word word) =>
        word.Text is { } text && word.Raw != text
        && !(word.Raw.Length == text.Length + 2 && word.Raw[0] is '\'' or '"' && word.Raw.AsSpan(1, text.Length).SequenceEqual(text));

    private static string KindOf(CommandNode node) => node switch
    {
        SimpleNode { Words.Count: 0, Assignments: not null } => ActionKinds.Assignment,
        SubshellNode => ActionKinds.Subshell,
        GroupNode => ActionKinds.Group,
        IfNode => ActionKinds.If,
        LoopNode loop => loop.Until ? ActionKinds.Until : ActionKinds.While,
        ForNode loop => loop.Select ? ActionKinds.Select : ActionKinds.For,
        ArithmeticForNode => ActionKinds.For,
        CaseNode => ActionKinds.Case,
        FunctionNode => ActionKinds.Function,
        ConditionNode => ActionKinds.Condition,
        ArithmeticNode => ActionKinds.Arithmetic,
        CoprocessNode => ActionKinds.Coprocess,
        _ => ActionKinds.Command,
    };
}
