using Lighthouse.Contracts;
using Lighthouse.Engine.Commands.Effects;

namespace Lighthouse.Engine.Commands.Resolution;

internal sealed partial class ScriptWalker
{
    // Enough for any reader; the effects of the rest are still judged.
    private const int MaxPrograms = 64;

    /// <summary>Finds out what the words would run, and what that does.</summary>
    private Outcome Judge(Call call, Surroundings around)
    {
        if (!_budget.Step())
        {
            return Outcome.Nothing;
        }

        if (_nesting > Budget.MaxNesting + Syntax.SyntaxLimits.MaxDepth)
        {
            _budget.Fail("commands are nested too deeply");
            return Outcome.Nothing;
        }

        var program = call.Words[0];
        if (program.Text is not { } name || (program.HasGlob && name != "["))
        {
            return JudgeUnknown(call, around);
        }

        var doubted = false;
        if (!name.Contains('/'))
        {
            if (!call.WithoutFunctions && around.State.Function(name) is { } function)
            {
                doubted = true;
                NoteLent(call, around);
                var called = CallFunction(name, function, call, function.Certain ? around : around with { Input = around.Input.Again() });
                if (function.Certain)
                {
                    return called;
                }
            }

            if (!call.WithoutFunctions && around.State.Alias(name) is { } alias)
            {
                doubted = true;
                RunAlias(name, alias, call, around);
            }

            var found = Uses.Count;
            if (RunBuiltin(name, call, around) is { } done)
            {
                NoteLent(call, around);
                Name(name);
                if (Uses.Count == found)
                {
                    Harmless(call.Start, call.Length, name, "acts on the shell alone");
                }

                return doubted ? Doubted(done) : done;
            }
        }

        var outcome = RunProgram(name, call, around);
        return doubted ? Doubted(outcome) : outcome;
    }

    // A function or an alias may have taken the name: what comes out is not what the name says.
    private static Outcome Doubted(Outcome outcome) => new(outcome.Effects, outcome.Origin, null);

    // Programs are told of their assignments; what the shell itself runs is not.
    private void NoteLent(Call call, Surroundings around)
    {
        foreach (var assignment in call.Assignments)
        {
            NoteEnvironment(assignment.Name, assignment.Value, around, call.Origin);
        }
    }

    private void Name(string program)
    {
        var slash = program.LastIndexOf('/');
        var name = slash < 0 || slash == program.Length - 1 ? program : program[(slash + 1)..];
        if (Programs.Count < MaxPrograms && !Programs.Contains(name))
        {
            Programs.Add(name);
        }
    }

    // Said and not left out, so that what nobody recognised is not taken for it.
    private void Harmless(int start, int length, string? program, string why) =>
        Add(new EffectUse(Effect.Read, Place.None, null, Risk.Low, why, start, length, program));

    private Outcome JudgeUnknown(Call call, Surroundings around)
    {
        var word = call.Words[0];
        Dynamic(call.Origin, word.Start, word.Length, word.Raw, "runs a program whose name is not known beforehand");

        if (word.Text is { } pattern)
        {
            JudgeCandidates(pattern, call, around);
        }

        // An unknown word may vanish; then the next one is the program.
        var rest = call.Words.FindIndex(candidate => candidate.IsKnown && !candidate.HasGlob);
        if (word.Text is null && word.Prefix.Length == 0 && rest > 0)
        {
            Judge(call with { Words = call.Words[rest..] }, around);
        }

        return new Outcome(Effect.ExecuteDynamic, call.Origin | around.Input.Origin, null);
    }

    // Of those that a pattern may stand for, a few can be told; the worst of them counts.
    private const int MaxCandidates = 8;

    private void JudgeCandidates(string pattern, Call call, Surroundings around)
    {
        var slash = pattern.LastIndexOf('/');
        var last = pattern[(slash + 1)..];
        var names = Glob.IsPattern(last) ? _knowledge.NamesLike(last).Take(MaxCandidates + 1).ToList() : [last];
        if (names.Count > MaxCandidates || last.AsSpan().Trim("*?[]").IsEmpty)
        {
            return;
        }

        foreach (var name in names.Where(static name => name.Length > 0))
        {
            Judge(call with { Words = [call.Words[0] with { Text = name, HasGlob = false }, .. call.Words.Skip(1)], WithoutFunctions = true }, around with { State = around.State.Fork() });
        }
    }

    /// <summary>Says that something runs which nobody can read beforehand; worse when it comes from the network.</summary>
    private void Dynamic(Origin origin, int start, int length, string? target, string why)
    {
        var (place, risk, reason) = (origin & Origin.Network) != 0 ? (Place.Network, Risk.Critical, "downloads something and runs it")
            : (origin & Origin.Decoded) != 0 ? (Place.Unresolved, Risk.High, "decodes hidden text and runs it")
            : (Place.Unresolved, Risk.High, why);
        Add(new EffectUse(Effect.ExecuteDynamic, place, target, risk, reason, start, length, null));
    }

    private const int MaxRecursion = 4;

    private readonly List<(string Name, List<Word> Words)> _calls = [];

    private Outcome CallFunction(string name, FunctionBinding function, Call call, Surroundings around)
    {
        (_called ??= []).Add(function.Node);
        Tree?.Say($"calls the function {name}");
        if (_active.Contains(name))
        {
            if (around.Repeats)
            {
                Add(new EffectUse(Effect.ProcessControl, Place.System, name, Risk.Critical, "starts copies of itself without end (a fork bomb)", call.Start, call.Length, name));
                return new Outcome(Effect.ProcessControl, Origin.None, null);
            }

            if (IsSameCall(name, call))
            {
                return new Outcome(Effect.None, Origin.None, null);
            }
        }

        if (_calls.Count >= MaxRecursion && _calls.Count(earlier => earlier.Name == name) >= MaxRecursion)
        {
            Dynamic(call.Origin, call.Start, call.Length, name, "calls itself more often than can be followed");
            return new Outcome(Effect.ExecuteDynamic, call.Origin, null);
        }

        if (!_budget.Repeat(1))
        {
            _budget.Fail("the command calls too many functions to follow");
            return Outcome.Nothing;
        }

        _active.Add(name);
        _calls.Add((name, call.Words));
        var state = around.State.Fork();
        state.Positional = new Parameters(call.Words, 1);
        foreach (var assignment in call.Assignments)
        {
            state.Set(assignment.Name, Variable.From(assignment.Value, call.Origin));
        }

        var before = around.State.Positional;
        var outcome = RunBody(function.Node, around with { Frame = function.Frame, State = state });
        state.Positional = before;
        around.State.Join(state, _place.WorkspaceRoot);
        _active.RemoveAt(_active.Count - 1);
        _calls.RemoveAt(_calls.Count - 1);
        return outcome with { Origin = outcome.Origin | call.Origin };
    }

    // With the same arguments it does what it is already doing; with others it may do anything.
    private bool IsSameCall(string name, Call call) => !_calls.Exists(earlier => earlier.Name == name) || _calls.Exists(earlier =>
        earlier.Name == name && earlier.Words.Count == call.Words.Count
        && earlier.Words.Zip(call.Words).All(static pair => pair.First.IsKnown && pair.First.Text == pair.Second.Text));

    private Outcome RunBody(Syntax.FunctionNode node, Surroundings around)
    {
        _nesting++;
        var entered = _active.Count == 0 || _active[^1] != node.Name;
        if (entered)
        {
            _active.Add(node.Name);
        }

        using var shown = ShowFunction(node);
        var outcome = Run(node.Body, around);
        if (entered)
        {
            _active.RemoveAt(_active.Count - 1);
        }

        _nesting--;
        return outcome;
    }

    private void RunAlias(string name, Variable alias, Call call, Surroundings around)
    {
        if (alias.Text is not { } text)
        {
            Dynamic(alias.Origin, call.Start, call.Length, name, "runs an alias whose text is not known beforehand");
            return;
        }

        if (_active.Contains(name))
        {
            return;
        }

        var line = new System.Text.StringBuilder(text);
        for (var i = 1; i < call.Words.Count; i++)
        {
            line.Append(' ').Append(call.Words[i].Raw);
        }

        _active.Add(name);
        Tree?.Say($"{name} is an alias");
        RunText(line.ToString(), call.Start, call.Length, around with { State = around.State.Fork(), Input = around.Input.Again() });
        _active.RemoveAt(_active.Count - 1);
    }
}
