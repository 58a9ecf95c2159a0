using System.ComponentModel.DataAnnotations;

namespace Lighthouse.Engine.RateLimiting;

/// <summary>Section <c>Lighthouse:RateLimiting</c>.</summary>
public sealed class RateLimitingOptions
{
    public const string Section = "Lighthouse:RateLimiting";

    private const int Most = 1_000_000_000;
    private const string Bounds = " must be from 1 to 1,000,000,000.";

    /// <summary>Requests per minute of one agent over time.</summary>
    [Range(1, Most, ErrorMessage = Section + ":PerAgentPerMinute" + Bounds)]
    public int PerAgentPerMinute { get; set; } = 600;

    /// <summary>Requests that an agent may make at once after a pause. Absent: a sixth of a minute's, at least 100, and never more than a minute's.</summary>
    [Range(1, Most, ErrorMessage = Section + ":Burst" + Bounds)]
    public int? Burst { get; set; }

    /// <summary>Requests per minute of all agents together. Absent: no such limit.</summary>
    [Range(1, Most, ErrorMessage = Section + ":GlobalPerMinute" + Bounds)]
    public int? GlobalPerMinute { get; set; }

    /// <summary>Requests per minute of one expert or viewer.</summary>
    [Range(1, Most, ErrorMessage = Section + ":PerExpertPerMinute" + Bounds)]
    public int PerExpertPerMinute { get; set; } = 3_000;

    /// <summary>Requests per minute of one operator or admin.</summary>
    [Range(1, Most, ErrorMessage = Section + ":PerOperatorPerMinute" + Bounds)]
    public int PerOperatorPerMinute { get; set; } = 6_000;

    /// <summary>Calls of one agent or other key that may wait for a human's answer at a time: long polls and held hook calls.</summary>
    [Range(1, 10_000, ErrorMessage = Section + ":WaitsPerCaller must be from 1 to 10,000.")]
    public int WaitsPerCaller { get; set; } = 64;

    /// <summary>Failed authentications per minute from one address, for each kind of secret.</summary>
    [Range(1, Most, ErrorMessage = Section + ":FailedAuthenticationsPerMinute" + Bounds)]
    public int FailedAuthenticationsPerMinute { get; set; } = 10;
}
