using Microsoft.Extensions.Logging;

namespace Lighthouse.Engine.Validation.Policies.Cedar;

internal static partial class CedarLog
{
    [LoggerMessage(2251, LogLevel.Information, "Compiling the policy engine; this happens once and takes some seconds")]
    public static partial void ModuleCompiling(this ILogger log);

    [LoggerMessage(2252, LogLevel.Warning, "The kept code of the policy engine is not used and made anew: {Reason}")]
    public static partial void ModuleCacheUnusable(this ILogger log, string reason);

    [LoggerMessage(2253, LogLevel.Warning, "The code of the policy engine could not be kept; the next start compiles it again: {Reason}")]
    public static partial void ModuleNotKept(this ILogger log, string reason);

    [LoggerMessage(2254, LogLevel.Warning, "An instance of the policy engine failed or ran out of time and was thrown away")]
    public static partial void InstanceDiscarded(this ILogger log);

    [LoggerMessage(2255, LogLevel.Error, "The policies could not be evaluated; the request escalates")]
    public static partial void EvaluationFailed(this ILogger log, Exception exception);

    [LoggerMessage(2256, LogLevel.Error, "The event at position {Position} activates a policy set that cannot be read; requests escalate until another one is activated")]
    public static partial void ActivationUnreadable(this ILogger log, long position);

    [LoggerMessage(2257, LogLevel.Information, "Policy set {Number} is active, by {Actor}")]
    public static partial void SetActivated(this ILogger log, int number, string actor);

    [LoggerMessage(2258, LogLevel.Warning, "The policy engine could not be made ready at the start")]
    public static partial void NotReady(this ILogger log, Exception exception);
}
