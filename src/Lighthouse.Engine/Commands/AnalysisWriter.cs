using Lighthouse.Contracts;
using Lighthouse.Engine.Commands.Effects;
using Lighthouse.Engine.Commands.Explanation;

namespace Lighthouse.Engine.Commands;

/// <summary>Turns what was found into what travels.</summary>
internal static class AnalysisWriter
{
    /// <summary>More distinct effects than this tell a reviewer nothing; the rest makes the analysis incomplete.</summary>
    private const int MaxParts = 256;
    private const int MaxTarget = 512;

    // A path is never cut, because policies decide by it; past this all of them together are more than is kept.
    private const int MaxPaths = 65_536;

    public static Analysis NotUnderstood(string problem) => Write([], [], problem);

    /// <param name="at">The piece of the text that is the problem.</param>
    public static Analysis Write(List<EffectUse> uses, List<string> programs, string? problem, (int Start, int Length) at = default, TreeRecorder? tree = null)
    {
        NoteLeak(uses);
        if (problem is not null)
        {
            uses.Add(new EffectUse(Effect.Unknown, Place.Unresolved, null, Risk.Medium, "cannot be understood: " + problem, at.Start, at.Length, null));
        }

        var ordered = MostSevereFirst(Distinct(uses));
        if (ordered.Count > MaxParts)
        {
            problem ??= "the command does more things than can be shown";
            ordered.RemoveRange(MaxParts, ordered.Count - MaxParts);
        }

        tree?.Uses = ordered;
        var parts = new ActionPart[ordered.Count];
        var effects = Effect.None;
        var paths = 0;
        for (var i = 0; i < parts.Length; i++)
        {
            var use = ordered[i];
            effects |= use.Effect;
            parts[i] = new ActionPart
            {
                Start = use.Start,
                Length = use.Length,
                Field = use.Field,
                Program = use.Program,
                Command = use.Command,
                Effect = EffectWords.Name(use.Effect),
                Place = EffectWords.Name(use.Place),
                Target = use.Target is { } target ? ResolvedText.Out(target, MaxTarget) : null,
                Path = use.Path is { } path && (paths += path.Length) <= MaxPaths && (path != use.Target || path.Length > MaxTarget) ? ResolvedText.Out(path) : null,
                Risk = use.Risk,
                Why = ResolvedText.Out(use.Why),
            };
        }

        problem ??= paths > MaxPaths ? "the command names more paths than are kept" : null;
        return new Analysis
        {
            Complete = problem is null,
            Problem = problem is null ? null : ResolvedText.Out(problem),
            Risk = parts.Length > 0 ? parts[0].Risk : Risk.Low,
            Effects = EffectWords.Names(effects),
            Programs = programs,
            Parts = parts,
        };
    }

    private static List<EffectUse> Distinct(List<EffectUse> uses)
    {
        var distinct = new List<EffectUse>(Math.Min(uses.Count, MaxParts));
        var seen = uses.Count > 32 ? new HashSet<EffectUse>() : null;
        foreach (var use in uses)
        {
            if (use.Effect == Effect.None)
            {
                continue;
            }

            var same = seen is null ? distinct.IndexOf(use) is >= 0 and var at ? distinct[at] : null : seen.TryGetValue(use, out var found) ? found : null;
            if (same is null)
            {
                seen?.Add(use);
                distinct.Add(use);
            }
            else if (same.Command != use.Command)
            {
                same.Command = 0;
            }
        }

        return distinct;
    }

    // Parts of the same risk stay in the order in which they run.
    private static List<EffectUse> MostSevereFirst(List<EffectUse> uses)
    {
        var ordered = new List<EffectUse>(uses.Count);
        for (var risk = Risk.Critical; risk >= Risk.Low; risk--)
        {
            foreach (var use in uses)
            {
                if (use.Risk == risk)
                {
                    ordered.Add(use);
                }
            }
        }

        return ordered;
    }

    // A secret read here and data sent there, in one command, without a path between them that could be followed.
    private static void NoteLeak(List<EffectUse> uses)
    {
        EffectUse? secret = null;
        EffectUse? sender = null;
        foreach (var use in uses)
        {
            if (use.Effect == Effect.CredentialAccess && use.Place == Place.Credential)
            {
                secret ??= use;
            }
            else if (use.Effect == Effect.NetworkOut)
            {
                if (use.Risk == Risk.Critical)
                {
                    return;
                }

                sender ??= use;
            }
        }

        if (secret is not null && sender is not null)
        {
            uses.Add(sender with { Command = 0, Risk = Risk.High, Why = "talks to the network in the same command that reads a secret" });
        }
    }
}
