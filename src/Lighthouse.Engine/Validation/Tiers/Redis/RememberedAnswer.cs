using Lighthouse.Contracts;
using Lighthouse.Engine.Validation.Pipeline;

namespace Lighthouse.Engine.Validation.Tiers.Redis;

/// <summary>
/// Version 2 of what an entry says, field by field in this order. A field that the contract gets has to be added here, in both directions; once
/// released, that is another version, and values of other versions are refused.
/// </summary>
internal static class RememberedAnswer
{
    public const byte Version = 2;

    public static void Write(CompactWriter writer, TierVerdict verdict)
    {
        writer.Byte((byte)verdict.Verdict);
        writer.Byte((byte)verdict.Risk);
        writer.Text(verdict.Reason);
        writer.Texts(verdict.Effects);
        writer.Texts(verdict.Policies);
        var analysis = verdict.Analysis;
        writer.Flag(analysis is not null);
        if (analysis is not null)
        {
            writer.Flag(analysis.Complete);
            writer.Text(analysis.Problem);
            writer.Byte((byte)analysis.Risk);
            writer.Texts(analysis.Effects);
            writer.Texts(analysis.Programs);
            writer.Number(analysis.Parts.Count);
            foreach (var part in analysis.Parts)
            {
                Write(writer, part);
            }
        }

        writer.Flag(verdict.Deciding is not null);
        if (verdict.Deciding is { } deciding)
        {
            Write(writer, deciding.Part);
            writer.Text(deciding.Rule);
            writer.Text(deciding.Because);
        }
    }

    /// <exception cref="InvalidDataException">Not what <see cref="Write(CompactWriter, TierVerdict)"/> makes, or an escalation.</exception>
    public static TierVerdict Read(ref CompactReader reader)
    {
        var verdict = reader.Choice<Verdict>();
        if (verdict == Verdict.Escalate)
        {
            throw new InvalidDataException("An escalation is never remembered.");
        }

        var risk = reader.Choice<Risk>();
        var reason = reader.RequiredText();
        var (effects, policies) = (reader.Texts(), reader.Texts());
        var analysis = reader.Flag() ? ReadAnalysis(ref reader) : null;
        var deciding = reader.Flag()
            ? new DecidingFact { Part = ReadPart(ref reader), Rule = reader.RequiredText(), Because = reader.RequiredText() }
            : null;
        reader.End();
        return new TierVerdict(verdict, DecisionTier.Redis, reason, risk, effects, policies, analysis, deciding);
    }

    private static Analysis ReadAnalysis(ref CompactReader reader)
    {
        var (complete, problem, risk) = (reader.Flag(), reader.Text(), reader.Choice<Risk>());
        var (effects, programs) = (reader.Texts(), reader.Texts());
        var parts = new ActionPart[reader.Count()];
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = ReadPart(ref reader);
        }

        return new Analysis { Complete = complete, Problem = problem, Risk = risk, Effects = effects, Programs = programs, Parts = parts };
    }

    private static void Write(CompactWriter writer, ActionPart part)
    {
        writer.Number(part.Start);
        writer.Number(part.Length);
        writer.Text(part.Field);
        writer.Text(part.Program);
        writer.Number(part.Command);
        writer.Text(part.Effect);
        writer.Text(part.Place);
        writer.Text(part.Target);
        writer.Text(part.Path);
        writer.Byte((byte)part.Risk);
        writer.Text(part.Why);
    }

    private static ActionPart ReadPart(ref CompactReader reader) => new()
    {
        Start = reader.Number(),
        Length = reader.Number(),
        Field = reader.Text(),
        Program = reader.Text(),
        Command = reader.Number(),
        Effect = reader.RequiredText(),
        Place = reader.RequiredText(),
        Target = reader.Text(),
        Path = reader.Text(),
        Risk = reader.Choice<Risk>(),
        Why = reader.RequiredText(),
    };
}
