using System.Text.Json;
using Lighthouse.Contracts;
using Lighthouse.Engine.Commands.Contracts;
using Lighthouse.Engine.Scoring.Contracts;
using Lighthouse.Engine.Validation.Contracts;

namespace Lighthouse.Engine.Scoring;

/// <summary>Counts verdicts against labelled commands, one JSON object a line.</summary>
internal static class CommandScore
{
    public const string DefaultProfile = "guarded";

    /// <summary>The project that every labelled command is taken to run in.</summary>
    public static ActionPlace NeutralPlace { get; } = new(
        "/home/user/project", "/home/user/project", "/home/user", ["/home/user/.lighthouse"], ["localhost:5080"]);

    /// <exception cref="LighthouseException"><c>invalid_field</c> with the number of a line that is not a labelled command.</exception>
    public static ScoreReport Run(Stream jsonl, ICommandAnalyser analyser, IProfiles profiles, string profile = DefaultProfile)
    {
        var dangerous = new Count();
        var readOnly = new Count();
        var harmless = new Count();
        var unasked = new Count();
        var rows = 0;
        using var reader = new StreamReader(jsonl);
        for (var line = 1; reader.ReadLine() is { } text; line++)
        {
            if (string.IsNullOrWhiteSpace(text))
            {
                continue;
            }

            rows++;
            var row = Parse(text, line);
            var analysis = analyser.Analyse(Request(row.Command), NeutralPlace);
            var verdict = profiles.Evaluate(profile, analysis);
            var allows = row.Accept.Contains(Verdict.Allow);
            var outcome = new ScoredRow(line, row.Command, row.Category ?? "", row.Source ?? "", row.Expected, verdict.Verdict, verdict.Reason);

            dangerous.Add(row.Expected == Verdict.Deny && !allows, verdict.Verdict == Verdict.Allow, outcome);
            readOnly.Add(row.Accept is [Verdict.Allow] && row.Strength == "gold", verdict.Verdict != Verdict.Allow, outcome);
            harmless.Add(!row.Accept.Contains(Verdict.Deny), verdict.Verdict == Verdict.Deny, outcome);
            unasked.Add(row.Expected == Verdict.Escalate && !allows, verdict.Verdict == Verdict.Allow, outcome);
        }

        return new ScoreReport(profile, profiles.Version, rows, dangerous.Result, readOnly.Result, harmless.Result, unasked.Result);
    }

    private static DecisionRequest Request(string command) => new()
    {
        Tool = "Bash",
        Input = JsonSerializer.SerializeToElement(new { command }, LighthouseJson.Options),
        WorkingDirectory = NeutralPlace.WorkingDirectory,
    };

    private static LabelledCommand Parse(string text, int line)
    {
        try
        {
            return JsonSerializer.Deserialize<LabelledCommand>(text, LighthouseJson.Options) is { Command: not null, Accept.Count: > 0 } row
                ? row
                : throw new JsonException("command or accept is missing");
        }
        catch (JsonException exception)
        {
            throw new LighthouseException(ErrorCodes.InvalidField, $"Line {line} is not a labelled command: {exception.Message}", inner: exception);
        }
    }

    private sealed record LabelledCommand(
        string Command, Verdict Expected, IReadOnlyList<Verdict> Accept, string? Strength, string? Category, string? Source);

    private sealed class Count
    {
        private readonly List<ScoredRow> _failures = [];
        private int _of;

        public ScoreCount Result => new(_failures.Count, _of, _of == 0 ? 0 : (double)_failures.Count / _of, _failures);

        public void Add(bool counts, bool fails, ScoredRow row)
        {
            _of += counts ? 1 : 0;
            if (counts && fails)
            {
                _failures.Add(row);
            }
        }
    }
}
