using System.Collections.Frozen;
using Lighthouse.Contracts;
using Lighthouse.Engine.Commands.Effects;

namespace Lighthouse.Engine.Commands.Resolution;

internal sealed partial class ScriptWalker
{
    private static readonly FrozenSet<string> _ordinaryDirectories = new[]
    {
        "$PATH", "${PATH}", "/bin", "/sbin", "/usr/bin", "/usr/sbin", "/usr/local/bin", "/usr/local/sbin", "/opt/homebrew/bin", "/opt/homebrew/sbin", "/snap/bin", "/usr/local/go/bin",
    }.ToFrozenSet();

    /// <summary>
    /// An assignment that later programs may see. What a variable means to programs is their knowledge: it is asked with a
    /// command that does nothing else.
    /// </summary>
    private void NoteEnvironment(string name, Word value, Surroundings around, Origin origin)
    {
        if (name == "PATH" && IsOrdinaryPath(value))
        {
            return;
        }

        using var shown = Show(ActionKinds.Assignment, value.Start, value.Length);
        if (!_knowledge.Heeds(name))
        {
            return;
        }

        var command = new SimpleCommand
        {
            Program = new Word(":", ":", value.Start, value.Length),
            Assignments = [new Assignment(name, value)],
            Start = value.Start,
            Length = value.Length,
        };
        var reading = _knowledge.Read(command, Here(around.State));
        foreach (var use in reading.Effects)
        {
            if (use.Effect != Effect.Unknown)
            {
                Add(use);
            }
        }

        if (reading.Runs.Count == 0)
        {
            return;
        }

        var call = new Call([command.Program], [], _none.List, origin) { Start = value.Start, Length = value.Length };
        foreach (var run in reading.Runs)
        {
            Follow(run, name, call, around with { Input = default });
        }
    }

    /// <summary>A value that does not come from an assignment: read, for, printf -v and the like set what later programs see as well.</summary>
    private void SetNoted(string name, Variable value, Surroundings around, Word shown)
    {
        around.State.Set(name, value);
        if (name is "path" or "fpath" || name.AsSpan().IndexOfAnyInRange('A', 'Z') >= 0 || name.Contains('_'))
        {
            NoteEnvironment(name, shown, around, value.Origin);
        }
    }

    // $PATH itself is unknown, so the source is read instead of the value.
    private static bool IsOrdinaryPath(Word value)
    {
        var raw = value.Raw.AsSpan().Trim("\"'");
        foreach (var range in raw.Split(':'))
        {
            if (!_ordinaryDirectories.Contains(raw[range].TrimEnd('/').ToString()))
            {
                return false;
            }
        }

        return true;
    }
}
