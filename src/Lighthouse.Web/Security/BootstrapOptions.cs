namespace Lighthouse.Web.Security;

/// <summary>Section <c>Lighthouse:Bootstrap</c>: for automation, used at the first start only.</summary>
internal sealed class BootstrapOptions
{
    public const string Section = "Lighthouse:Bootstrap";

    public string? AdminPassword { get; set; }
    public string? AgentKey { get; set; }
    public string? ExpertKey { get; set; }
    public string? OperatorKey { get; set; }
}
