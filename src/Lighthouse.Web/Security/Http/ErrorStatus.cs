using System.Collections.Frozen;
using Lighthouse.Contracts;

namespace Lighthouse.Web.Security.Http;

/// <summary>The HTTP status of each refusal.</summary>
internal static class ErrorStatus
{
    private static readonly FrozenDictionary<string, int> Statuses = new Dictionary<string, int>
    {
        [ErrorCodes.Unauthenticated] = StatusCodes.Status401Unauthorized,
        [ErrorCodes.Forbidden] = StatusCodes.Status403Forbidden,
        [ErrorCodes.NotFound] = StatusCodes.Status404NotFound,
        [ErrorCodes.MalformedJson] = StatusCodes.Status400BadRequest,
        [ErrorCodes.MissingField] = StatusCodes.Status400BadRequest,
        [ErrorCodes.InvalidField] = StatusCodes.Status400BadRequest,
        [ErrorCodes.UnknownTool] = StatusCodes.Status400BadRequest,
        [ErrorCodes.CommandTooLong] = StatusCodes.Status413PayloadTooLarge,
        [ErrorCodes.BodyTooLarge] = StatusCodes.Status413PayloadTooLarge,
        [ErrorCodes.BatchTooLarge] = StatusCodes.Status413PayloadTooLarge,
        [ErrorCodes.RequestIdReused] = StatusCodes.Status409Conflict,
        [ErrorCodes.RateLimited] = StatusCodes.Status429TooManyRequests,
        [ErrorCodes.Overloaded] = StatusCodes.Status503ServiceUnavailable,
        [ErrorCodes.StorageUnavailable] = StatusCodes.Status503ServiceUnavailable,
        [ErrorCodes.EscalationDecided] = StatusCodes.Status409Conflict,
        [ErrorCodes.EscalationExpired] = StatusCodes.Status409Conflict,
        [ErrorCodes.AlreadyVoted] = StatusCodes.Status409Conflict,
        [ErrorCodes.OwnRequest] = StatusCodes.Status403Forbidden,
        [ErrorCodes.HumanRequired] = StatusCodes.Status403Forbidden,
        [ErrorCodes.FreshSignInRequired] = StatusCodes.Status403Forbidden,
        [ErrorCodes.AgentSuspended] = StatusCodes.Status403Forbidden,
        [ErrorCodes.EmergencyStop] = StatusCodes.Status403Forbidden,
        [ErrorCodes.UnknownHost] = StatusCodes.Status400BadRequest,
        [ErrorCodes.InvalidPolicies] = StatusCodes.Status422UnprocessableEntity,
        [ErrorCodes.NotSupported] = StatusCodes.Status501NotImplemented,
        [ErrorCodes.Conflict] = StatusCodes.Status409Conflict,
        [ErrorCodes.Internal] = StatusCodes.Status500InternalServerError,
    }.ToFrozenDictionary();

    public static int Of(string code) => Statuses.GetValueOrDefault(code, StatusCodes.Status500InternalServerError);
}
