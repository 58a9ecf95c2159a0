using Lighthouse.Contracts;

namespace Lighthouse.Engine.Experts;

/// <summary>Which specialty should look first. The most specific effect decides.</summary>
internal static class Queues
{
    private static readonly (string Effect, string Queue)[] Order =
    [
        (EffectNames.CredentialAccess, "security"),
        (EffectNames.Privilege, "security"),
        (EffectNames.Persistence, "security"),
        (EffectNames.ExecuteDynamic, "security"),
        (EffectNames.Infrastructure, "infrastructure"),
        (EffectNames.ProcessControl, "operations"),
        (EffectNames.PackageInstall, "architecture"),
        (EffectNames.HistoryRewrite, "architecture"),
    ];

    public static string For(Decision decision)
    {
        foreach (var (effect, queue) in Order)
        {
            if (decision.Effects.Contains(effect))
            {
                return queue;
            }
        }

        return "general";
    }
}
