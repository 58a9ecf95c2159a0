using Lighthouse.Contracts;

namespace Lighthouse.Engine.Validation.Contracts;

/// <summary>
/// What profile, policies and risk patterns say to a request: nothing is limited, cached, asked or recorded. For a command line without a server,
/// which knows nothing of the policies that are active on one.
/// </summary>
public interface ILocalGate
{
    IReadOnlyCollection<string> Profiles { get; }

    /// <summary>Checks a policy set, examples included; where it is valid, it judges from then on.</summary>
    /// <exception cref="LighthouseException"><c>invalid_field</c> past the limits of <see cref="PolicySetLimits"/>.</exception>
    Task<PolicyCheck> UseAsync(PolicySetDocument document, CancellationToken cancellationToken);

    /// <summary>Never throws; what cannot be understood, and an unknown profile, escalates.</summary>
    LocalVerdict Judge(DecisionRequest request, string profile);
}

/// <param name="Policies">What decided: rules as <c>profile:rule</c>, policies by their id, patterns as <c>pattern:id</c>.</param>
public sealed record LocalVerdict(
    Verdict Verdict, string Reason, Risk Risk, IReadOnlyList<string> Effects, IReadOnlyList<string> Policies, string PolicySetVersion, Analysis Analysis)
{
    /// <summary>The part that decided and the rule that fits it; null for allow, and where no part decided.</summary>
    public DecidingFact? Deciding { get; init; }

    /// <summary>For each of the analysis' parts, in its order, what the profile says about it alone.</summary>
    public IReadOnlyList<PartVerdict> PartVerdicts { get; init; } = [];

    /// <summary>How the command is built, with what each piece of it does.</summary>
    public required ActionNode Tree { get; init; }
}

/// <param name="Rule">As <c>profile:rule</c>.</param>
public sealed record PartVerdict(Verdict Verdict, string Rule);
