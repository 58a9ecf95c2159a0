namespace Lighthouse.Engine.Scoring.Contracts;

/// <summary>Counts verdicts against labelled commands.</summary>
public interface ICommandScorer
{
    /// <param name="jsonl">One object a line: <c>command</c>, <c>expected</c>, <c>accept</c>, and optionally <c>strength</c>, <c>category</c>, <c>source</c>.</param>
    /// <exception cref="Lighthouse.Contracts.LighthouseException"><c>invalid_field</c> with the number of a line that is not a labelled command.</exception>
    ScoreReport Score(Stream jsonl, string profile = "guarded");
}
