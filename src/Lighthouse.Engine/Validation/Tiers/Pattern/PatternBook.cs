using System.Reflection;
using System.Text.Json;
using Lighthouse.Contracts;

namespace Lighthouse.Engine.Validation.Tiers.Pattern;

/// <param name="Confidence">From 0 to 1.</param>
/// <param name="Found">The patterns that are there, the heaviest first, with what each adds.</param>
internal sealed record PatternScore(double Confidence, IReadOnlyList<(PatternWeight Pattern, double Adds)> Found);

/// <summary>The weights, read once and frozen, and the sum over them.</summary>
internal sealed class PatternBook
{
    private readonly (PatternWeight Pattern, Func<PatternView, double> Measure)[] _patterns;

    public PatternBook()
        : this(BuiltIn())
    {
    }

    /// <exception cref="InvalidDataException">A pattern without a measure, a measure without a pattern, or thresholds out of order.</exception>
    internal PatternBook(ReadOnlySpan<byte> json)
    {
        File = JsonSerializer.Deserialize<PatternFile>(json, LighthouseJson.Options) ?? throw new InvalidDataException("The patterns are empty.");
        if (!(0 <= File.AllowBelow && File.AllowBelow < File.RaiseAt && File.RaiseAt < File.DenyAt && File.DenyAt <= 1))
        {
            throw new InvalidDataException("The thresholds have to be in this order: allowBelow, raiseAt, denyAt.");
        }

        var unknown = File.Patterns.Select(static one => one.Id).Except(PatternMeasures.All.Keys)
            .Concat(PatternMeasures.All.Keys.Except(File.Patterns.Select(static one => one.Id))).FirstOrDefault();
        if (unknown is not null || File.Patterns.DistinctBy(static one => one.Id).Count() != File.Patterns.Count)
        {
            throw new InvalidDataException($"Every pattern has one measure and every measure one pattern; '{unknown}' has not.");
        }

        _patterns = [.. File.Patterns.Select(static one => (one, PatternMeasures.All[one.Id]))];
    }

    public PatternFile File { get; }

    public PatternScore Score(PatternView view)
    {
        var sum = File.Bias;
        var found = new List<(PatternWeight Pattern, double Adds)>();
        foreach (var (pattern, measure) in _patterns)
        {
            if (measure(view) is var value and > 0)
            {
                sum += pattern.Weight * value;
                found.Add((pattern, pattern.Weight * value));
            }
        }

        found.Sort(static (one, other) => other.Adds.CompareTo(one.Adds));
        return new PatternScore(1 / (1 + Math.Exp(-sum)), found);
    }

    private static byte[] BuiltIn()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Lighthouse.Engine.Validation.Tiers.Pattern.patterns.json")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
