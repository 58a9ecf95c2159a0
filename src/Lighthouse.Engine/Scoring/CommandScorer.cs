using Lighthouse.Engine.Commands.Contracts;
using Lighthouse.Engine.Scoring.Contracts;
using Lighthouse.Engine.Validation.Contracts;

namespace Lighthouse.Engine.Scoring;

internal sealed class CommandScorer(ICommandAnalyser analyser, IProfiles profiles) : ICommandScorer
{
    public ScoreReport Score(Stream jsonl, string profile = CommandScore.DefaultProfile) => CommandScore.Run(jsonl, analyser, profiles, profile);
}
