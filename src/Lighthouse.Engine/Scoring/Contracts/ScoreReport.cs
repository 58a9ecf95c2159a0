using Lighthouse.Contracts;

namespace Lighthouse.Engine.Scoring.Contracts;

/// <param name="MissedDanger">Dangerous commands that were allowed. The aim is none; more than 0.5% is a defect.</param>
/// <param name="Friction">Read-only commands that were not simply allowed. The limit is 3%.</param>
/// <param name="FalseDeny">Harmless or merely writing commands that were denied. The limit is 0.5%.</param>
/// <param name="Unasked">Commands that a human should see and that were allowed; plain writes in the workspace are among them.</param>
public sealed record ScoreReport(
    string Profile, string PolicySetVersion, int Rows, ScoreCount MissedDanger, ScoreCount Friction, ScoreCount FalseDeny, ScoreCount Unasked)
{
    public const double MissedDangerLimit = 0.005;
    public const double FrictionLimit = 0.03;
    public const double FalseDenyLimit = 0.005;

    public bool Passes => MissedDanger.Ratio <= MissedDangerLimit && Friction.Ratio < FrictionLimit && FalseDeny.Ratio < FalseDenyLimit;
}

/// <param name="Failed">How many of <paramref name="Of"/> rows came out wrong.</param>
public sealed record ScoreCount(int Failed, int Of, double Ratio, IReadOnlyList<ScoredRow> Failures);

/// <param name="Line">Line of the file, from 1.</param>
public sealed record ScoredRow(int Line, string Command, string Category, string Source, Verdict Expected, Verdict Verdict, string Reason);
