using Lighthouse.Contracts;
using Lighthouse.Engine.Commands.Effects;

namespace Lighthouse.Engine.Commands;

/// <summary>The names under which effects and places travel.</summary>
internal static class EffectWords
{
    private static readonly (Effect Effect, string Name)[] _bySeverity =
    [
        (Effect.CredentialAccess, EffectNames.CredentialAccess),
        (Effect.Privilege, EffectNames.Privilege),
        (Effect.Persistence, EffectNames.Persistence),
        (Effect.ExecuteDynamic, EffectNames.ExecuteDynamic),
        (Effect.Infrastructure, EffectNames.Infrastructure),
        (Effect.HistoryRewrite, EffectNames.HistoryRewrite),
        (Effect.Delete, EffectNames.Delete),
        (Effect.Unknown, EffectNames.Unknown),
        (Effect.NetworkOut, EffectNames.NetworkOut),
        (Effect.PackageInstall, EffectNames.PackageInstall),
        (Effect.ProcessControl, EffectNames.ProcessControl),
        (Effect.WriteOutside, EffectNames.WriteOutside),
        (Effect.WriteWorkspace, EffectNames.WriteWorkspace),
        (Effect.NetworkIn, EffectNames.NetworkIn),
        (Effect.Read, EffectNames.Read),
    ];

    public static string Name(Effect effect)
    {
        foreach (var (candidate, name) in _bySeverity)
        {
            if (candidate == effect)
            {
                return name;
            }
        }

        return EffectNames.Unknown;
    }

    public static string Name(Place place) => place switch
    {
        Place.Workspace => "workspace",
        Place.Temporary => "temporary",
        Place.Outside => "outside",
        Place.Home => "home",
        Place.System => "system",
        Place.Credential => "credential",
        Place.Startup => "startup",
        Place.Protected => "protected",
        Place.Network => "network",
        Place.Unresolved => "unresolved",
        _ => "none",
    };

    public static IReadOnlyList<string> Names(Effect effects)
    {
        if (effects == Effect.None)
        {
            return [];
        }

        var names = new List<string>(4);
        foreach (var (effect, name) in _bySeverity)
        {
            if ((effects & effect) != 0)
            {
                names.Add(name);
            }
        }

        return names;
    }
}
