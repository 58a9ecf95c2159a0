using System.ComponentModel.DataAnnotations;

namespace Lighthouse.Engine.Experts;

/// <summary>Section <c>Lighthouse:Experts</c>.</summary>
public sealed class ExpertsOptions
{
    /// <summary>Seconds after which an unanswered escalation ends in deny.</summary>
    [Range(5, 86_400)]
    public int DeadlineSeconds { get; set; } = 600;

    /// <summary>Open escalations one agent may have; past that its requests are denied.</summary>
    [Range(1, 1_000)]
    public int MaxOpenPerAgent { get; set; } = 20;

    /// <summary>Minutes a grant from a late approval stays valid.</summary>
    [Range(1, 60)]
    public int GrantMinutes { get; set; } = 10;

    /// <summary>Decided escalations kept in memory; older ones are read from the log.</summary>
    [Range(10, 100_000)]
    public int ClosedKept { get; set; } = 1_000;
}
