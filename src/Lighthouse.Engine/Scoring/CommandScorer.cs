using Lighthouse.Engine.Commands.Contracts;
using Lighthouse.Engine.Scoring.Contracts;
using Lighthouse.Engine.Validation.Policies;

namespace Lighthouse.Engine.Scoring;

internal sealed class CommandScorer(ICommandAnalyser analyser, ProfileCatalog profiles) : ICommandScorer
{
    public ScoreReport Score(Stream jsonl, string profile = ProfileCatalog.Default) => CommandScore.Run(jsonl, analyser, profiles, profile);
}
