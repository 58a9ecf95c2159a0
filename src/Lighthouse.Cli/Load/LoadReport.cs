namespace Lighthouse.Cli.Load;

/// <param name="Errors">Answered with a refusal, or lost with a connection.</param>
/// <param name="Wrong">Answered with a verdict that this command must not get.</param>
/// <param name="Lost">Never answered, or acknowledged but not in the event log, or acknowledged with the id of another request.</param>
/// <param name="P50Ms">From the moment the request was due to its answer.</param>
internal sealed record LoadReport(int Sent, int Answered, int Errors, int Wrong, int Lost, double? P50Ms, double? P99Ms)
{
    [System.Text.Json.Serialization.JsonIgnore]
    public bool Holds => Errors == 0 && Wrong == 0 && Lost == 0 && Sent > 0;
}
