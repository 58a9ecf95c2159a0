using Lighthouse.Contracts;

namespace Lighthouse.Engine.Validation.Policies.Sets;

/// <summary>
/// A request in the pieces that a permit has to match one by one: its simple commands. A permit for what npm does must not speak for the
/// command beside it. What belongs to no command, or to several, is a piece by itself.
/// </summary>
internal static class PermitPieces
{
    /// <summary>Each piece asks the engine once: past this many there is no lift.</summary>
    public const int Most = 32;

    /// <returns>One piece, the whole, where nothing stands beside it.</returns>
    public static IReadOnlyList<Analysis> Of(RequestFacts facts)
    {
        var parts = facts.Analysis.Parts;
        if (facts.Action != "shell" || (parts[0].Command > 0 && parts.All(part => part.Command == parts[0].Command)))
        {
            return [facts.Analysis];
        }

        var pieces = new Dictionary<int, List<ActionPart>>();
        for (var i = 0; i < parts.Count; i++)
        {
            var key = parts[i].Command > 0 ? parts[i].Command : -1 - i;
            if (!pieces.TryGetValue(key, out var piece))
            {
                pieces.Add(key, piece = []);
            }

            piece.Add(parts[i]);
        }

        return [.. pieces.Values.Select(Piece)];
    }

    private static Analysis Piece(List<ActionPart> parts) => new()
    {
        Risk = parts.Max(static part => part.Risk),
        Effects = [.. parts.Select(static part => part.Effect).Distinct()],
        Programs = [.. parts.Select(static part => part.Program is { } program ? program[(program.LastIndexOf('/') + 1)..] : null).OfType<string>().Distinct()],
        Parts = parts,
    };
}
