using System.Text.Json;
using Lighthouse.Contracts;
using Lighthouse.Engine.Validation.Contracts;

namespace Lighthouse.Engine.Validation.Policies.Sets;

// What policy events carry. Old payloads load for ever: members are only added, never renamed.

internal sealed record PolicySetSavedPayload(int Number, PolicySetDocument Document, string Note, int Policies, int Errors, int V = 1);

/// <param name="Compiled">The set as it was checked, so that it is in force after a start before the engine has run.</param>
internal sealed record PolicySetActivatedPayload(int Number, int Previous, CompiledPolicySet Compiled, string Reason, int V = 1);

internal sealed record PolicySetDeactivatedPayload(int Previous, string Reason, int V = 1);

internal static class PolicyPayload
{
    public static ReadOnlyMemory<byte> Write<T>(T payload) => JsonSerializer.SerializeToUtf8Bytes(payload, LighthouseJson.Options);

    /// <returns>Null for content that this build does not understand.</returns>
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
