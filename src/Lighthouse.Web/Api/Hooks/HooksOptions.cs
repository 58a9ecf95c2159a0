using System.ComponentModel.DataAnnotations;

namespace Lighthouse.Web.Api.Hooks;

/// <summary>Section <c>Lighthouse:Hooks</c>.</summary>
public sealed class HooksOptions
{
    /// <summary>Answer an explicit allow for what policy finds safe; it skips the host's own prompt. Off: "no opinion".</summary>
    public bool EmitAllow { get; set; }

    /// <summary>Seconds an escalation is held when the call names no <c>holdSeconds</c>.</summary>
    [Range(0, 3_600)]
    public int ClaudeCodeHoldSeconds { get; set; } = 300;
}
