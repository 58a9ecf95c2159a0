namespace Lighthouse.Web.Ui;

/// <summary>The windows that figures are kept for, and how much time a chart beside one shows.</summary>
internal static class FigureWindows
{
    public const string Default = "1m";
    public static readonly IReadOnlyList<string> All = ["10s", "1m", "5m", "1h"];

    /// <summary>What an address asks for, if there is such a window.</summary>
    public static string Of(string? asked) => asked is not null && All.Contains(asked) ? asked : Default;

    public static (TimeSpan Span, TimeSpan Step) Grain(string window) => window switch
    {
        "10s" or "1m" => (TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(5)),
        "5m" => (TimeSpan.FromMinutes(15), TimeSpan.FromSeconds(15)),
        _ => (TimeSpan.FromHours(1), TimeSpan.FromMinutes(1)),
    };

    public static string SpanWord(string window) => window switch { "10s" or "1m" => "5 min", "5m" => "15 min", _ => "hour" };
}
