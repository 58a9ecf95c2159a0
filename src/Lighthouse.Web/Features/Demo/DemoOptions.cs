using System.ComponentModel.DataAnnotations;

namespace Lighthouse.Web.Features.Demo;

/// <summary>Section <c>Lighthouse:Demo</c>.</summary>
public sealed class DemoOptions
{
    public const string Section = "Lighthouse:Demo";

    /// <summary>Virtual agents send requests through the hub, so that a new user sees a living dashboard.</summary>
    public bool Enabled { get; set; }

    [Range(1, 100)]
    public int Agents { get; set; } = 12;

    /// <summary>Mean pause of one agent between two requests. Together they stay below 50 requests a second.</summary>
    [Range(2.0, 600.0)]
    public double MeanPauseSeconds { get; set; } = 4;
}
