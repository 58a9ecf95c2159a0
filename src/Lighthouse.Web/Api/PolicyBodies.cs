using Lighthouse.Contracts;
using Lighthouse.Engine.Validation.Contracts;

namespace Lighthouse.Web.Api;

/// <param name="ActiveVersion">0 while the profiles decide alone.</param>
internal sealed record PolicySetOverview(int ActiveVersion, string? Problem, IReadOnlyList<PolicySetSummary> Versions, IReadOnlyList<PolicySetChange> Changes);

/// <param name="Valid">Fit to be activated.</param>
internal sealed record CheckedPolicies(bool Valid, IReadOnlyList<PolicyDiagnostic> Diagnostics, IReadOnlyList<PolicySummary> Policies);

/// <param name="Note">What changed, in one line; for saving only.</param>
internal sealed record PolicySetBody(string? Text, IReadOnlyList<PolicyExample>? Examples, string? Note)
{
    public PolicySetDocument Document() => new()
    {
        Text = Text ?? throw new LighthouseException(ErrorCodes.MissingField, "`text` is missing: the policies, in Cedar."),
        Examples = Examples ?? [],
    };
}

/// <summary>A text, a version, or neither: then the active set.</summary>
internal sealed record TrialBody(string? Text, int? Version, PolicyTrialRequest? Request);

/// <param name="ExpectedActive">What the caller saw as the active version; 0 for none.</param>
internal sealed record ActivationBody(int? ExpectedActive, string? Reason)
{
    public int Expected => ExpectedActive ?? throw new LighthouseException(
        ErrorCodes.MissingField, "`expectedActive` is missing: the version that you saw as active, 0 for none.");
}
