using System.Text.Json;
using Lighthouse.Contracts;

namespace Lighthouse.Engine.Experts;

// Payloads of version 1. A field is never renamed or given another meaning; a new shape gets a new V and an upcaster.

internal sealed record OpenedPayload(Escalation Escalation, string RequestKey, string DecisionId, bool Holds, int V = 1);

/// <param name="Needed">Approvals that this request needs by the policies that it was judged by; null for one.</param>
internal sealed record JoinedPayload(string DecisionId, bool Holds, int? Needed = null, int V = 1);

internal sealed record ClaimedPayload(string By, DateTimeOffset At, int V = 1);

internal sealed record CommentedPayload(Comment Comment, int V = 1);

internal sealed record VotedPayload(CastVote Vote, Voter? Voter = null, int V = 1);

/// <summary>Whose vote it is, so that it can be checked again when the next one comes.</summary>
/// <param name="Id">The user id of a human, the key id of a key.</param>
/// <param name="Person">User name of the human, or of the one who answers for the key: nobody counts twice by having a key as well.</param>
internal sealed record Voter(string Id, string Name, string Person, bool IsKey);

internal sealed record HoldEndedPayload(string Why, int V = 1);

internal sealed record DecidedPayload(EscalationState State, Decision Decision, int V = 1);

internal sealed record GrantPayload(Contracts.Grant Grant, int V = 1);

internal sealed record GrantConsumedPayload(string DecisionId, int V = 1);

internal sealed record GrantRevokedPayload(string Reason, int V = 1);

internal static class Payload
{
    public static ReadOnlyMemory<byte> Write<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, LighthouseJson.Options);

    /// <summary>Null for what cannot be read: a fold must survive a tampered log.</summary>
    public static T? Read<T>(ReadOnlyMemory<byte> bytes)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(bytes.Span, LighthouseJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
