using Lighthouse.Engine.Commands.Syntax;

namespace Lighthouse.Engine.Commands.Resolution;

/// <summary>What commands inside a word bring into it.</summary>
internal sealed partial class WordExpander
{
    private void AppendCommand(CommandPart command, bool quoted, Expansion expansion, FieldBuilder builder, bool splits)
    {
        var frame = command.Fragment is { } fragment ? expansion.Frame.Inner(fragment) : expansion.Frame;
        var outcome = run(command.Body, frame, expansion.State.Fork(), expansion.Input);
        expansion.Origin |= outcome.Origin;
        if (outcome.Output is null)
        {
            builder.Unknown(names: outcome.Listing?.Names, foreign: (outcome.Origin & (Origin.Network | Origin.Decoded)) != 0, shape: outcome.Shape?.Whole);
            return;
        }

        AppendText(outcome.Output.TrimEnd('\n'), quoted || !splits, expansion, builder);
    }

    private void AppendProcess(ProcessPart process, Expansion expansion, FieldBuilder builder)
    {
        if (!process.Input)
        {
            (expansion.Outputs ??= []).Add(process);
        }

        var outcome = run(process.Body, expansion.Frame, expansion.State.Fork(), process.Input ? expansion.Input : default);
        expansion.Origin |= process.Input ? outcome.Origin : Origin.None;
        builder.Quoted(process.Input ? keep(outcome) : "/dev/fd/63");
    }

    private void AppendText(string text, bool whole, Expansion expansion, FieldBuilder builder)
    {
        if (!budget.Expand(text.Length))
        {
            builder.Unknown();
            return;
        }

        if (whole)
        {
            if (text.Length > 0)
            {
                builder.Quoted(text);
            }

            return;
        }

        var separators = expansion.State.Find("IFS");
        if (separators is { Text: null })
        {
            builder.Unknown();
        }
        else
        {
            builder.Split(text, separators is null or { IsUnset: true } ? " \t\n" : separators.Text!);
        }
    }
}
