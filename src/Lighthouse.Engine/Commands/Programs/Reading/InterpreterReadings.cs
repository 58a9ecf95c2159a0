using Lighthouse.Engine.Commands.Effects;

namespace Lighthouse.Engine.Commands.Programs.Reading;

/// <summary>Shells and interpreters: what of their arguments is code, a file of code, or arguments of either.</summary>
internal static class InterpreterReadings
{
    public static void ReadShell(ParsedCommand parsed, ReadingSink sink)
    {
        if (parsed.Has("-n") && parsed.Positionals.Count > 0 && parsed.Positionals.TrueForAll(static word => word.Text is { Length: > 0 } text && text[0] != '+'))
        {
            // Only checks the syntax.
            ArgumentRoles.Read("read", parsed.Positionals[0], sink);
            return;
        }

        if (parsed.Options.Exists(static given => given.Option.Role is "script" or "fish-script"))
        {
            return;
        }

        if (parsed.Has("-c") && parsed.Positionals.Count > 0)
        {
            sink.RunScript(parsed.Positionals[0], parsed.Positionals[1..]);
        }
        else if (parsed.Positionals.Count > 0 && !SpecialReadings.IsInput(parsed.Positionals[0]) && !parsed.Has("-s"))
        {
            ArgumentRoles.Execute(parsed.Positionals[0], byShell: true, sink);
        }
        else if (sink.Command.StandardInput is { } text)
        {
            var first = parsed.Has("-s") ? 0 : 1;
            sink.RunScript(new Word(text, text, sink.Command.Start, sink.Command.Length), [sink.Command.Program, .. parsed.Positionals.Skip(first)]);
        }
        else
        {
            sink.RunInput();
        }
    }

    public static void Read(string language, ParsedCommand parsed, ReadingSink sink)
    {
        if (language is "perl" or "ruby" && parsed.Positionals.Exists(static word => (word.Text ?? word.Prefix).AsSpan().Trim() is ['|' or '<' or '>' or '+', ..] or [.., '|']))
        {
            // The implicit reading of files opens such a name as a command or for writing.
            sink.Dynamic("is given a file name that is a command");
        }

        if (language == "python" && parsed.Nested is [_, { Text: { } module }, ..])
        {
            sink.Libraries.Add(module);
            CommandReading.ReadLoads("python", sink);
        }

        if (parsed.Nested.Count > 0 || parsed.Options.Exists(given => given.Option.Role == language || (given.Option.Replaces && (parsed.Positionals.Count == 0 || given.Option.Arguments is not null))))
        {
            return;
        }

        if (parsed.Positionals.Count > 0 && !SpecialReadings.IsInput(parsed.Positionals[0]))
        {
            ArgumentRoles.Read("execute", parsed.Positionals[0], sink);
        }
        else if (sink.Command.StandardInput is { } code)
        {
            InlineCode.Read(language, new Word(code, code, sink.Command.Start, sink.Command.Length), sink);
        }
        else
        {
            sink.RunInput();
        }
    }
}
