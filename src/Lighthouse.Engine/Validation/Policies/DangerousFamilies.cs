using Lighthouse.Contracts;

namespace Lighthouse.Engine.Validation.Policies;

/// <summary>
/// The effects for which one machine, one owner or a remembered grant never suffices. Scratch space in a temporary directory
/// is not "outside the workspace" in this sense: losing it costs nobody anything.
/// </summary>
internal static class DangerousFamilies
{
    public static bool Contains(Analysis analysis)
    {
        if (!analysis.Complete)
        {
            // What was not understood may hide any of them.
            return true;
        }

        foreach (var part in analysis.Parts)
        {
            if (Contains(part))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Contains(ActionPart part) => part.Effect switch
    {
        EffectNames.Privilege or EffectNames.CredentialAccess or EffectNames.Persistence
            or EffectNames.HistoryRewrite or EffectNames.Infrastructure => true,
        EffectNames.Delete or EffectNames.WriteOutside => part.Place is not ("workspace" or "temporary"),
        _ => part.Place is "protected" or "credential",
    };
}
