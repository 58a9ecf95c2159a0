using Lighthouse.Contracts;

namespace Lighthouse.Engine.Validation.Contracts;

/// <summary>The verdict of a profile on a request, alone: nothing is limited, cached, asked or recorded. For a command line without a server.</summary>
public interface ILocalGate
{
    IReadOnlyCollection<string> Profiles { get; }

    /// <summary>Never throws; what cannot be understood, and an unknown profile, escalates.</summary>
    LocalVerdict Judge(DecisionRequest request, string profile);
}

/// <param name="Policies">The rules that decided, as <c>profile:rule</c>.</param>
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
