using System.ComponentModel.DataAnnotations;

namespace Lighthouse.Engine.Validation.Tiers.Memory;

/// <summary>Section <c>Lighthouse:MemoryTier</c>.</summary>
public sealed class MemoryTierOptions
{
    public const string Section = "Lighthouse:MemoryTier";

    /// <summary>Most decisions kept.</summary>
    [Range(1, 10_000_000, ErrorMessage = Section + ":Capacity must be from 1 to 10,000,000 decisions.")]
    public int Capacity { get; set; } = 10_000;

    /// <summary>Most bytes of request text kept, over all decisions.</summary>
    [Range(1 << 20, long.MaxValue, ErrorMessage = Section + ":CapacityBytes must be at least 1,048,576.")]
    public long CapacityBytes { get; set; } = 64L << 20;

    /// <summary>Seconds after which an answer is computed anew, however often it was used.</summary>
    [Range(1, 86_400, ErrorMessage = Section + ":TimeToLiveSeconds must be from 1 to 86,400.")]
    public int TimeToLiveSeconds { get; set; } = 300;

    /// <summary>A decision used more often than this is protected from eviction until it expires.</summary>
    [Range(1, 1_000_000, ErrorMessage = Section + ":HotAfterHits must be from 1 to 1,000,000.")]
    public int HotAfterHits { get; set; } = 10;
}
