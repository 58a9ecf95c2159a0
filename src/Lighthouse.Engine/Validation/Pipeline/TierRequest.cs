using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Lighthouse.Contracts;
using Lighthouse.Engine.Commands.Contracts;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Engine.Validation.Policies.Sets;

namespace Lighthouse.Engine.Validation.Pipeline;

/// <summary>A checked request on its way through the tiers. The analysis is made when a tier first asks for it.</summary>
internal sealed class TierRequest(DecisionRequest request, AgentIdentity agent, ActionPlace place, DecisionScope scope, ICommandAnalyser analyser)
{
    private string? _key;
    private byte[]? _annotated;

    public DecisionRequest Request { get; } = request;
    public AgentIdentity Agent { get; } = agent;
    public ActionPlace Place { get; } = place;

    /// <summary>Everything beside the request that a verdict depends on: profile, roots, policy version, generation, build.</summary>
    public DecisionScope Scope { get; } = scope;

    /// <summary>The policies in force when the request began: it is judged by these, and its answer filed under these.</summary>
    public required ActivePolicies Policies { get; init; }

    /// <summary>What an earlier tier escalated, while later ones are asked for a second opinion.</summary>
    public TierVerdict? Escalated { get; set; }

    /// <summary>Why the first tier was not asked, if it was not.</summary>
    public TierAnswer? PassedOver { get; set; }

    /// <summary>The analysis if one was made.</summary>
    public Analysis? AnalysisOrNull { get; private set; }

    public Analysis Analysis => AnalysisOrNull ??= analyser.Analyse(Request, Place);

    /// <summary>The input exactly as it arrived; what a server says of its tool, where that was passed on, stands behind it.</summary>
    public ReadOnlySpan<byte> RawInput => Request.Annotations is null ? JsonMarshal.GetRawUtf8Value(Request.Input) : _annotated ??= Annotated(Request);

    /// <summary>Identity of the action: equal keys are the same tool, input and directory, byte for byte.</summary>
    public string Key => _key ??= Hash(session: null);

    /// <summary>Identity of the request's body, session included.</summary>
    public string BodyHash() => Hash(Request.SessionId ?? "");

    private static byte[] Annotated(DecisionRequest request) =>
        [.. JsonMarshal.GetRawUtf8Value(request.Input), .. JsonSerializer.SerializeToUtf8Bytes(request.Annotations, LighthouseJson.Options)];

    private string Hash(string? session)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Part(hash, Request.Tool);
        Part(hash, RawInput);
        Part(hash, Request.WorkingDirectory ?? "\0");
        // Keys of one agent may have other roots: the same text in another place is another action.
        Part(hash, Place.WorkspaceRoot ?? "\0");
        if (session is not null)
        {
            Part(hash, session);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Part(IncrementalHash hash, string text)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        Part(hash, bytes.AsSpan(0, Encoding.UTF8.GetBytes(text, bytes)));
        ArrayPool<byte>.Shared.Return(bytes);
    }

    // The length goes first, so that no two lists of parts have the same bytes.
    private static void Part(IncrementalHash hash, ReadOnlySpan<byte> bytes)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BitConverter.TryWriteBytes(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
