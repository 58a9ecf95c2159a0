namespace Lighthouse.Cli;

/// <summary>What the shell sees; the same numbers for every command.</summary>
internal static class ExitCodes
{
    public const int Fine = 0;

    /// <summary>The command worked and found something: a verdict other than allow, a broken log, a wrong or lost answer.</summary>
    public const int Found = 1;

    /// <summary>The arguments or settings are wrong. Hosts of agents also read this as "block".</summary>
    public const int Usage = 2;
    public const int Unreachable = 3;
}
