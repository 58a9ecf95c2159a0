using System.Globalization;
using Lighthouse.Contracts;

namespace Lighthouse.Web.Ui;

/// <summary>Numbers with at most three significant digits and a unit, and the words and shapes of the vocabulary.</summary>
internal static class Display
{
    public const string NotMeasured = "not measured";

    public static string Count(double value) => value switch
    {
        < 0 => "-" + Count(-value),
        < 10_000 => Math.Round(value).ToString("#,0", CultureInfo.InvariantCulture),
        < 1_000_000 => Three(value / 1_000) + "k",
        _ => Three(value / 1_000_000) + "M",
    };

    public static string Rate(double perSecond) => perSecond >= 100 ? Count(perSecond) : Three(perSecond);

    public static string Three(double value)
    {
        var size = Math.Abs(value);
        return value.ToString(size switch { 0 => "0", < 0.001 => "0.0000", < 0.1 => "0.000", < 1 => "0.00", < 10 => "0.00", < 100 => "0.0", _ => "#,0" }, CultureInfo.InvariantCulture);
    }

    /// <summary>A duration in the unit that keeps it legible: <c>12.4 µs</c>, <c>3.1 ms</c>, <c>4.2 s</c>.</summary>
    public static (string Number, string Unit) Duration(double milliseconds) => milliseconds switch
    {
        < 0.1 => (Three(milliseconds * 1000), "µs"),
        < 1000 => (Three(milliseconds), "ms"),
        < 120_000 => (Three(milliseconds / 1000), "s"),
        < 7_200_000 => (Three(milliseconds / 60_000), "min"),
        _ => (Three(milliseconds / 3_600_000), "h"),
    };

    public static string Percent(double ratio) => ratio switch
    {
        0 => "0",
        < 0.001 => "< 0.1",
        >= 0.9995 and < 1 => "> 99.9",
        _ => (ratio * 100).ToString("0.#", CultureInfo.InvariantCulture),
    };

    /// <summary>A number for a style attribute.</summary>
    public static string Css(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    public static string Iso(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public static string Word(Verdict verdict) => verdict switch { Verdict.Allow => "allow", Verdict.Escalate => "escalate", _ => "deny" };

    public static string Shape(Verdict verdict) => verdict switch { Verdict.Allow => "✓", Verdict.Escalate => "◆", _ => "✕" };

    public static string Word(DecisionTier tier) => tier == DecisionTier.FailClosed ? "fail-closed" : tier.ToString().ToLowerInvariant();

    public static string Word(Risk risk) => risk.ToString().ToLowerInvariant();

    public static string Shape(Risk risk) => risk switch { Risk.Low => "▁", Risk.Medium => "▃", Risk.High => "▅", _ => "▇" };

    public static string Word(EscalationState state) => state.ToString().ToLowerInvariant();

    public static string Component(string name) => name.Replace('_', ' ');
}
