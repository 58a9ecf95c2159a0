using Lighthouse.Engine.Validation.Contracts;

namespace Lighthouse.Engine.Validation.Coherence;

internal static class Epochs
{
    public static readonly EpochKind[] Kinds = Enum.GetValues<EpochKind>();

    /// <summary>Names of the counters in Redis, in the order of <see cref="Kinds"/>.</summary>
    public static readonly string[] Fields = [.. Kinds.Select(static kind => Enum.GetName(kind)!.ToLowerInvariant())];

    // Agents and grants are looked up at every request and never remembered with a verdict.
    public static bool EndsWhatIsRemembered(EpochKind kind) => kind is EpochKind.Policies or EpochKind.Profiles or EpochKind.Flags;
}
