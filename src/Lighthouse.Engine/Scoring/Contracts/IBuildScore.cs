namespace Lighthouse.Engine.Scoring.Contracts;

/// <summary>How this very build judges the project's own labelled commands, counted once after the start.</summary>
public interface IBuildScore
{
    /// <summary>Null until it was counted.</summary>
    BuildScore? Current { get; }

    /// <summary>Why it could not be counted; null while that is not the case.</summary>
    string? Problem { get; }
}

/// <param name="Build">Version of the product, with the commit where it is known.</param>
public sealed record BuildScore(ScoreReport Report, string Build, DateTimeOffset At, TimeSpan Took);
