using System.Text.Json;
using Lighthouse.Contracts;

namespace Lighthouse.Engine.Identity;

// What identity events carry. Old payloads load for ever: members are only added, never renamed.

internal sealed record AgentCreatedPayload(string AgentId, string Name, string Owner, string Profile, int V = 1);

/// <param name="Hash">SHA-256 of the secret in hexadecimal.</param>
/// <param name="Role">One word: <c>agent</c>, <c>expert</c>, <c>operator</c> or <c>admin</c>.</param>
internal sealed record KeyCreatedPayload(
    string KeyId, string Hash, string Name, string Role, string Owner, string? AgentId, IReadOnlyList<string>? WorkspaceRoots, int V = 1);

/// <param name="ReplacedBy">The key that a rotation put in this one's place.</param>
internal sealed record KeyRevokedPayload(string KeyId, string Reason, string? ReplacedBy = null, int V = 1);

internal sealed record AgentSuspendedPayload(string AgentId, string Reason, int V = 1);

internal sealed record AgentResumedPayload(string AgentId, int V = 1);

internal sealed record EmergencyStopPayload(string Reason, int V = 1);

internal static class IdentityPayload
{
    public static ReadOnlyMemory<byte> Write<T>(T payload) => JsonSerializer.SerializeToUtf8Bytes(payload, LighthouseJson.Options);

    /// <returns>Null for content that this build does not understand: a fold leaves such an event aside.</returns>
    public static T? Read<T>(ReadOnlyMemory<byte> payload)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(payload.Span, LighthouseJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
