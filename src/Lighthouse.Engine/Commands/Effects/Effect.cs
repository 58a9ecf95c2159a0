using Lighthouse.Contracts;

namespace Lighthouse.Engine.Commands.Effects;

[Flags]
internal enum Effect
{
    None = 0,
    Read = 1 << 0,
    WriteWorkspace = 1 << 1,
    WriteOutside = 1 << 2,
    Delete = 1 << 3,
    NetworkIn = 1 << 4,
    NetworkOut = 1 << 5,
    ExecuteDynamic = 1 << 6,
    Privilege = 1 << 7,
    ProcessControl = 1 << 8,
    PackageInstall = 1 << 9,
    HistoryRewrite = 1 << 10,
    CredentialAccess = 1 << 11,
    Infrastructure = 1 << 12,
    Persistence = 1 << 13,
    Unknown = 1 << 14,
}

/// <summary>Where an effect lands; the words of <see cref="ActionPart.Place"/>.</summary>
internal enum Place
{
    None,
    Workspace,
    Temporary,
    Outside,
    Home,
    System,
    Credential,
    Startup,
    Protected,
    Network,
    Unresolved,
}

/// <summary>One effect of one simple command, at one place.</summary>
internal sealed record EffectUse(Effect Effect, Place Place, string? Target, Risk Risk, string Why, int Start, int Length, string? Program)
{
    /// <summary>The property of a tool's input that says it; null for a shell's command.</summary>
    public string? Field { get; init; }

    /// <summary>Number of the simple command, from 1; 0 for none, or for several that do the same at the same place.</summary>
    public int Command { get; set; }

    /// <summary>The absolute path; ends in <c>/**</c> for everything below. Null where it is not a path, or not known.</summary>
    public string? Path
    {
        get => _path ??= At?.ToString();
        init => (_path, At) = (value, null);
    }

    /// <summary>The path before it is a text: few of thousands are ever shown.</summary>
    public SegmentPath? At { get; init; }

    private string? _path;

    // Without the number: what two runs of one word do alike is one part. Every use of a command is compared with every other, and almost all differ in where they stand or in what they do.
    public bool Equals(EffectUse? other) =>
        other is not null && Start == other.Start && Effect == other.Effect && Place == other.Place && Length == other.Length && Risk == other.Risk
        && Target == other.Target && Why == other.Why && Program == other.Program && Field == other.Field && Path == other.Path;

    // A word of 64 kB may be the target of thousands of uses.
    public override int GetHashCode() => HashCode.Combine(Start, Effect, Place, Length, Risk, Hash(Target), Hash(Why));

    private static int Hash(string? text) => text is null ? 0
        : text.Length <= 2 * Ends ? string.GetHashCode(text, StringComparison.Ordinal)
        : HashCode.Combine(text.Length, string.GetHashCode(text.AsSpan(0, Ends), StringComparison.Ordinal), string.GetHashCode(text.AsSpan(text.Length - Ends), StringComparison.Ordinal));

    private const int Ends = 64;
}
