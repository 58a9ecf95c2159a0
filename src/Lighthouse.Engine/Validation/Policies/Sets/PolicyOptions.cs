using System.ComponentModel.DataAnnotations;
using Lighthouse.Engine.Validation.Policies.Cedar;

namespace Lighthouse.Engine.Validation.Policies.Sets;

/// <summary>Section <c>Lighthouse:Policies</c>.</summary>
public sealed class PolicyOptions
{
    public const string Section = "Lighthouse:Policies";

    /// <summary>
    /// False switches the custom policies off. That only tightens: while a set is active, what the profile allows is escalated, no permit lifts
    /// anything, and nothing is remembered. To go back to the profiles alone, deactivate the set.
    /// </summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Milliseconds after which the custom policies are given up for a request, which then escalates.</summary>
    [Range(1, 10_000, ErrorMessage = Section + ":TimeoutMs must be from 1 to 10,000.")]
    public int TimeoutMs { get; set; } = 250;

    /// <summary>Milliseconds that checking a policy set may take, each step.</summary>
    [Range(100, 60_000, ErrorMessage = Section + ":CheckTimeoutMs must be from 100 to 60,000.")]
    public int CheckTimeoutMs { get; set; } = 5_000;

    /// <summary>Bytes that one instance of the engine may grow to. Not a setting: only tests want less.</summary>
    internal long MemoryLimitBytes { get; set; } = CedarInstance.MemoryLimit;

    /// <summary>The time zone of <c>context.hour</c> and <c>context.weekday</c>: an IANA name.</summary>
    [Required]
    public string TimeZone { get; set; } = "UTC";
}
