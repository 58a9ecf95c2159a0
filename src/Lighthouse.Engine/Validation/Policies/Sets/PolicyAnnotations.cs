using System.Globalization;
using System.Text.RegularExpressions;
using Lighthouse.Contracts;

namespace Lighthouse.Engine.Validation.Policies.Sets;

/// <summary>The annotations of one policy. A misspelt one would quietly change what a policy does, so an unknown name is an error.</summary>
internal sealed partial class PolicyAnnotations
{
    private const int MostReviewers = 5;
    private const int ShortestDeadline = 5;
    private const int LongestDeadline = 86_400;

    private readonly Dictionary<string, string> _values = [];
    private readonly List<(string Annotation, string Message)> _errors = [];

    public PolicyAnnotations(PolicyTree tree)
    {
        foreach (var (name, value) in tree.Annotations)
        {
            _values[name] = value;
            if (name is not ("id" or "reason" or "verdict" or "experts" or "quorum" or "deadline"))
            {
                _errors.Add((name, $"@{name} means nothing here: known are @id, @reason, @verdict, @experts, @quorum and @deadline."));
            }
        }

        Id = Value("id");
        if (Id is not null && !IdPattern().IsMatch(Id))
        {
            _errors.Add(("id", "@id has 1 to 64 letters, digits, dots, dashes or underscores."));
        }

        Reason = Value("reason");
        if (Reason is { Length: > 300 } || (Reason ?? "").Any(char.IsControl))
        {
            _errors.Add(("reason", "@reason is one line of at most 300 characters."));
        }

        Effect = ReadEffect(tree);
        Terms = ReadTerms();
    }

    public string? Id { get; }
    public string? Reason { get; }
    public PolicyEffect Effect { get; }
    public EscalationTerms? Terms { get; }
    public IReadOnlyList<(string Annotation, string Message)> Errors => _errors;

    private string? Value(string name) => _values.GetValueOrDefault(name);

    private PolicyEffect ReadEffect(PolicyTree tree)
    {
        switch (Value("verdict"))
        {
            case null:
                return tree.IsPermit ? PolicyEffect.Permit : PolicyEffect.Forbid;
            case "escalate" when !tree.IsPermit:
                return PolicyEffect.Escalate;
            case "deny" when !tree.IsPermit:
                return PolicyEffect.Forbid;
            default:
                _errors.Add(("verdict", "@verdict belongs to a forbid and is \"escalate\" or \"deny\"."));
                return tree.IsPermit ? PolicyEffect.Permit : PolicyEffect.Forbid;
        }
    }

    private EscalationTerms? ReadTerms()
    {
        var (experts, quorum, deadline) = (Value("experts"), Value("quorum"), Value("deadline"));
        if (experts is null && quorum is null && deadline is null)
        {
            return null;
        }

        if (Effect != PolicyEffect.Escalate)
        {
            _errors.Add((experts is not null ? "experts" : quorum is not null ? "quorum" : "deadline", "@experts, @quorum and @deadline belong to a forbid with @verdict(\"escalate\")."));
        }

        return new EscalationTerms(ReadExperts(experts), ReadQuorum(quorum), ReadDeadline(deadline));
    }

    private string[] ReadExperts(string? text)
    {
        var names = (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (text is not null && (names.Length is 0 or > 5 || !names.All(static name => SpecialtyPattern().IsMatch(name))))
        {
            _errors.Add(("experts", "@experts is a list of up to 5 specialties, such as \"security, database\"."));
        }

        return names;
    }

    private int? ReadQuorum(string? text)
    {
        if (text is null)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= MostReviewers)
        {
            return number;
        }

        _errors.Add(("quorum", $"@quorum is a number from 1 to {MostReviewers}."));
        return null;
    }

    private int? ReadDeadline(string? text)
    {
        if (text is null)
        {
            return null;
        }

        if (DeadlinePattern().Match(text) is { Success: true } match
            && long.TryParse(match.Groups["count"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && count * (match.Groups["unit"].Value switch { "h" => 3_600, "m" => 60, _ => 1 }) is >= ShortestDeadline and <= LongestDeadline and var seconds)
        {
            return (int)seconds;
        }

        _errors.Add(("deadline", "@deadline is a time such as \"90s\", \"10m\" or \"2h\", from 5s to 24h."));
        return null;
    }

    [GeneratedRegex(@"\A[A-Za-z0-9._-]{1,64}\z", RegexOptions.NonBacktracking)]
    private static partial Regex IdPattern();

    [GeneratedRegex(@"\A[a-z][a-z-]{1,30}\z", RegexOptions.NonBacktracking)]
    private static partial Regex SpecialtyPattern();

    [GeneratedRegex(@"\A(?<count>[0-9]{1,6})(?<unit>[smh])\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex DeadlinePattern();
}
