using Lighthouse.Contracts;
using Lighthouse.Engine.Commands.Contracts;
using Lighthouse.Engine.Commands.Effects;

namespace Lighthouse.Engine.Commands;

/// <summary>Knows no program: every one is unknown. Stands in where no knowledge is registered, so that nothing passes by accident.</summary>
internal sealed class NoProgramKnowledge : IProgramKnowledge
{
    public ProgramReading Read(SimpleCommand command, ActionPlace place) => new()
    {
        Effects = [new EffectUse(Effect.Unknown, Place.Unresolved, null, Risk.Medium, $"runs {command.Program.Text}, which is not known", command.Start, command.Length, command.Program.Text)],
    };
}
