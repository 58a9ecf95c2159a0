using Microsoft.Extensions.Logging;

namespace Lighthouse.Engine.Experts;

internal static partial class ExpertsLog
{
    [LoggerMessage(5001, LogLevel.Warning, "Escalation {Id} could not be ended now ({Code}); the next tick tries again")]
    public static partial void ClockPostponed(this ILogger log, string id, string code);
}
