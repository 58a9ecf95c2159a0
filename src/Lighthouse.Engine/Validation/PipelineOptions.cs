using System.ComponentModel.DataAnnotations;

namespace Lighthouse.Engine.Validation;

/// <summary>Section <c>Lighthouse:Pipeline</c>.</summary>
public sealed class PipelineOptions
{
    public const string Section = "Lighthouse:Pipeline";

    /// <summary>Requests under way at once; more are answered <c>overloaded</c>.</summary>
    [Range(1, 1_000_000, ErrorMessage = Section + ":MaxRequests must be from 1 to 1,000,000.")]
    public int MaxRequests { get; set; } = 20_000;

    /// <summary>Bytes of their inputs together.</summary>
    [Range(1 << 20, 1L << 40, ErrorMessage = Section + ":MaxBytes must be at least 1,048,576.")]
    public long MaxBytes { get; set; } = 256L << 20;
}
