namespace Lighthouse.Benchmarks;

/// <param name="Run">Does the work so many times; the second argument is the number of the thread.</param>
internal sealed record Contender(string Name, Action<int, int> Run);

/// <param name="Nanoseconds">Wall time per operation of one thread.</param>
/// <param name="Bytes">Allocated per operation.</param>
internal readonly record struct Round(double Nanoseconds, double Bytes);

internal sealed record Measured(string Name, Round[] Rounds)
{
    public double Median => Quantile(0.5);
    public double Bytes => Rounds.Min(static one => one.Bytes);

    /// <summary>Half the distance between the quartiles, relative to the median.</summary>
    public double Spread => (Quantile(0.75) - Quantile(0.25)) / 2 / Median;

    public double Quantile(double quantile)
    {
        var sorted = Rounds.Select(static one => one.Nanoseconds).Order().ToArray();
        return sorted[(int)Math.Round(quantile * (sorted.Length - 1))];
    }

    /// <summary>Median over rounds of this one against that one of the same round, so that a slow moment of the machine hits both.</summary>
    public double Ratio(Measured yardstick)
    {
        var ratios = Rounds.Zip(yardstick.Rounds, static (mine, theirs) => mine.Nanoseconds / theirs.Nanoseconds).Order().ToArray();
        return ratios[ratios.Length / 2];
    }
}
