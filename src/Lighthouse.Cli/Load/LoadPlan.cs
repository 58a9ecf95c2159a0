namespace Lighthouse.Cli.Load;

/// <param name="Rate">Requests a second, all agents together; each has a moment at which it is due, whatever became of the ones before.</param>
internal sealed record LoadPlan(Uri Server, string OperatorKey, int Agents, int Seconds, double Rate)
{
    public int Requests => (int)Math.Round(Seconds * Rate);
}
