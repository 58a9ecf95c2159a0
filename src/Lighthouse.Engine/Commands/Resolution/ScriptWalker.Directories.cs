using Lighthouse.Contracts;
using Lighthouse.Engine.Commands.Effects;

namespace Lighthouse.Engine.Commands.Resolution;

/// <summary>Where the shell is after <c>cd</c>, <c>pushd</c> and <c>popd</c>.</summary>
internal sealed partial class ScriptWalker
{
    private void ChangeDirectory(Call call, Surroundings around)
    {
        var state = around.State;
        var pushes = call.Words[0].Text == "pushd";
        var stays = false;
        Word? target = null;
        foreach (var word in call.Words.Skip(1))
        {
            if (word.Text is "--" or "-L" or "-P" or "-e" or "-n")
            {
                stays |= pushes && word.Text == "-n";
                continue;
            }

            target = word;
            break;
        }

        var before = state.WorkingDirectory;
        var possible = Possible(target, state);
        var after = target switch
        {
            null when pushes => null,
            null => state.Find("HOME") is { } home ? home.Text : _place.Home,
            { Text: "-" } => state.Find("OLDPWD")?.Text,
            { Text: ['+' or '-', ..] } => null,
            { HasGlob: true } => null,
            { Text: { } path } when FollowsText(path, state) => Directories.Resolve(before, path),
            _ => null,
        };
        if (target is { } directory && _places.List(directory, Here(state), call.Words[0].Text) is { Place: Place.Protected } into)
        {
            Add(into);
        }

        if (pushes)
        {
            state.Pushed = target is null or { Text: ['+' or '-', ..] } ? [] : state.Pushed.Push(stays ? after : before);
        }

        if (stays)
        {
            // pushd -n only notes the directory.
            return;
        }

        state.WorkingDirectory = after;
        state.PossibleDirectories = after is null ? possible : [];
        state.Set("OLDPWD", new Variable(before));

        // Where nothing checks whether it worked, what follows may as well run where the shell was.
        state.DoubtDirectory(before);
    }

    private static bool FollowsText(string path, ShellState state) => state.Find("CDPATH") is null || path.StartsWith('/') || path.StartsWith('.');

    // One of the directories that the word may name, or that a known path leads to from where the shell may be.
    private static IReadOnlyList<string> Possible(Word? target, ShellState state) => target switch
    {
        { Text: null, Names: { Count: > 0 } names } when names.All(static name => name is { HasGlob: false, Text: ['/' or '~', ..] }) => [.. names.Select(static name => name.Text!)],
        { HasGlob: false, Text: { Length: > 0 } path } when path[0] is not ('-' or '+' or '~') && FollowsText(path, state) =>
            [.. state.PossibleDirectories.Select(directory => Directories.Resolve(directory, path) ?? "/")],
        { HasGlob: true, Text: { Length: > 0 } pattern } when state.WorkingDirectory is { } here && pattern[0] != '~' && FollowsText(pattern, state) && Directories.Resolve(here, pattern) is { } fitting => [fitting, here],
        _ => [],
    };

    private static void PopDirectory(Call call, ShellState state)
    {
        var before = state.WorkingDirectory;
        if (call.Words.Count > 1 || state.Pushed.IsEmpty)
        {
            (state.WorkingDirectory, state.Pushed) = (null, []);
            return;
        }

        state.Pushed = state.Pushed.Pop(out var back);
        state.WorkingDirectory = back;
        state.Set("OLDPWD", new Variable(before));
        state.DoubtDirectory(before);
    }
}
