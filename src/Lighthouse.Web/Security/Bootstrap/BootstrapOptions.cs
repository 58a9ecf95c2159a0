using System.ComponentModel.DataAnnotations;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Web.Security.Humans;

namespace Lighthouse.Web.Security.Bootstrap;

/// <summary>For automation: what the first start creates. Section <c>Lighthouse:Bootstrap</c>; later starts create nothing.</summary>
internal sealed class BootstrapOptions : IValidatableObject
{
    public const string Section = "Lighthouse:Bootstrap";
    private const int ShortestKey = 32;
    private const int LongestKey = 256;

    /// <summary>Password of the user <c>admin</c>.</summary>
    public string? AdminPassword { get; set; }

    public string? AgentKey { get; set; }
    public string? ExpertKey { get; set; }
    public string? OperatorKey { get; set; }

    internal IEnumerable<(string Setting, Roles Role, string Secret)> Keys()
    {
        foreach (var (setting, role, secret) in new[]
                 {
                     (nameof(AgentKey), Roles.Agent, AgentKey), (nameof(ExpertKey), Roles.Expert, ExpertKey), (nameof(OperatorKey), Roles.Operator, OperatorKey),
                 })
        {
            if (!string.IsNullOrEmpty(secret))
            {
                yield return (setting, role, secret);
            }
        }
    }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!string.IsNullOrEmpty(AdminPassword) && PasswordRules.Problem(AdminPassword, "admin") is { } problem)
        {
            yield return Wrong(nameof(AdminPassword), $"a password {problem}");
        }

        foreach (var (setting, _, secret) in Keys())
        {
            if (secret.Length is < ShortestKey or > LongestKey || !secret.All(static c => c is > ' ' and < '\x7f'))
            {
                yield return Wrong(setting, $"a key has {ShortestKey} to {LongestKey} visible ASCII characters");
            }
            else if (Keys().Any(other => other.Setting != setting && other.Secret == secret))
            {
                yield return Wrong(setting, "every role needs a key of its own");
            }
        }
    }

    private static ValidationResult Wrong(string setting, string rule) => new($"{Section}:{setting} is too weak or unusable: {rule}.", [setting]);
}
