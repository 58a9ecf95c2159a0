using Lighthouse.Contracts;
using Lighthouse.Engine.Validation.Contracts;
using Lighthouse.Web.Ui;

namespace Lighthouse.Web.Features.Policies;

/// <param name="Steps">From which risk on which verdict; more than one where risk matters.</param>
/// <param name="Sentence">The same in words, with the rules.</param>
internal sealed record ProfileCell(IReadOnlyList<(Risk From, Verdict Verdict)> Steps, string Sentence);

internal sealed record ProfileLine(string Effect, IReadOnlyList<ProfileCell> Cells);

/// <summary>What each effect means where: the profile asked for every combination, so it cannot say anything else than agents hear.</summary>
internal static class ProfileGrid
{
    public static IReadOnlyList<ProfileLine> Of(IProfiles profiles, string profile) =>
        [.. profiles.Effects.Select(effect => new ProfileLine(effect, [.. profiles.Places.Select(place => Cell(profiles, profile, effect, place))]))];

    /// <summary>What critical risk means everywhere; null where that depends.</summary>
    public static Verdict? Critical(IProfiles profiles, string profile)
    {
        var all = profiles.Effects.SelectMany(effect => profiles.Places.Select(place => Ask(profiles, profile, effect, place, Risk.Critical).Verdict)).Distinct().ToArray();
        return all is [var one] ? one : null;
    }

    private static ProfileCell Cell(IProfiles profiles, string profile, string effect, string place)
    {
        var steps = new List<(Risk, Verdict)>();
        var words = new List<string>();
        foreach (var risk in (ReadOnlySpan<Risk>)[Risk.Low, Risk.Medium, Risk.High])
        {
            var answer = Ask(profiles, profile, effect, place, risk);
            if (steps.Count == 0 || steps[^1].Item2 != answer.Verdict)
            {
                steps.Add((risk, answer.Verdict));
                words.Add($"{(words.Count == 0 ? "" : $"from {Display.Word(risk)} risk ")}{Display.Word(answer.Verdict)} ({string.Join(", ", answer.Rules)})");
            }
        }

        return new ProfileCell(steps, $"{effect}, {place}: {string.Join(", ", words)}");
    }

    private static ProfileVerdict Ask(IProfiles profiles, string profile, string effect, string place, Risk risk) =>
        profiles.Evaluate(profile, new Analysis { Risk = risk, Effects = [effect], Parts = [new ActionPart { Effect = effect, Place = place, Risk = risk, Why = effect }] });
}
