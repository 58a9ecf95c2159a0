using System.Collections.Frozen;
using Lighthouse.Contracts;
using Lighthouse.Engine.Commands.Effects;

namespace Lighthouse.Engine.Commands.Programs;

/// <summary>An effect as the data files write it: <c>infra!high: stops a container</c>, <c>write@home</c>, <c>read</c>.</summary>
internal sealed record EffectTerm(Effect Effect, Place Place, Risk Risk, string Why)
{
    private static readonly FrozenDictionary<string, EffectTerm> Words = new Dictionary<string, EffectTerm>
    {
        ["read"] = new(Effect.Read, Place.None, Risk.Low, "only reads"),
        ["net"] = new(Effect.NetworkIn, Place.Network, Risk.Low, "asks the network"),
        ["send"] = new(Effect.NetworkOut, Place.Network, Risk.Medium, "sends data over the network"),
        ["dynamic"] = new(Effect.ExecuteDynamic, Place.None, Risk.High, "runs code that cannot be read from the command"),
        ["project"] = new(Effect.ExecuteDynamic, Place.Workspace, Risk.Medium, "runs the project's own code"),
        ["write"] = new(Effect.WriteWorkspace, Place.Workspace, Risk.Low, "writes files in the workspace"),
        ["change"] = new(Effect.WriteWorkspace, Place.Workspace, Risk.High, "changes the workspace beyond named files"),
        ["settings"] = new(Effect.WriteOutside, Place.Home, Risk.Medium, "changes the user's settings"),
        ["system"] = new(Effect.WriteOutside, Place.System, Risk.High, "changes the system"),
        ["delete"] = new(Effect.Delete, Place.Workspace, Risk.Medium, "deletes files"),
        ["install"] = new(Effect.PackageInstall, Place.None, Risk.Medium, "installs or changes packages"),
        ["infra"] = new(Effect.Infrastructure, Place.Network, Risk.High, "changes infrastructure that others may use"),
        ["persist"] = new(Effect.Persistence, Place.Startup, Risk.High, "makes something run later on its own"),
        ["kill"] = new(Effect.ProcessControl, Place.None, Risk.Medium, "controls other processes"),
        ["rewrite"] = new(Effect.HistoryRewrite, Place.Workspace, Risk.High, "can lose recorded work"),
        ["secret"] = new(Effect.CredentialAccess, Place.Credential, Risk.High, "handles credentials"),
        ["priv"] = new(Effect.Privilege, Place.None, Risk.High, "uses other rights than the agent's"),
        ["unknown"] = new(Effect.Unknown, Place.None, Risk.Medium, "does something that is not known"),
    }.ToFrozenDictionary();

    public static EffectTerm Nothing { get; } = Words["read"];
    public static EffectTerm NotKnown { get; } = Words["unknown"];

    /// <exception cref="InvalidDataException">The word is none of the vocabulary.</exception>
    public static EffectTerm Parse(string text)
    {
        var colon = text.IndexOf(": ", StringComparison.Ordinal);
        var (head, why) = colon < 0 ? (text.Trim(), null) : (text[..colon].Trim(), text[(colon + 2)..].Trim());
        var end = head.AsSpan().IndexOfAny('@', '!');
        var word = end < 0 ? head : head[..end];
        if (!Words.TryGetValue(word, out var term))
        {
            throw new InvalidDataException($"'{text}' does not begin with an effect.");
        }

        if (head.IndexOf('@', StringComparison.Ordinal) is >= 0 and var at)
        {
            var rest = head[(at + 1)..];
            var stop = rest.IndexOf('!', StringComparison.Ordinal);
            term = term with { Place = Enum.Parse<Place>(stop < 0 ? rest : rest[..stop], ignoreCase: true) };
        }

        if (head.IndexOf('!', StringComparison.Ordinal) is >= 0 and var mark)
        {
            term = term with { Risk = Enum.Parse<Risk>(head[(mark + 1)..], ignoreCase: true) };
        }

        return why is null ? term : term with { Why = why };
    }
}
