using System.Text;
using System.Text.Json;
using Lighthouse.Engine.Validation.Policies.Sets;

namespace Lighthouse.Engine.Validation.Policies.Cedar;

/// <summary>An instance of the engine and the policy set that it has parsed. One thread at a time.</summary>
internal sealed class CedarSession(CedarInstance instance, PolicyOptions options) : IDisposable
{
    /// <summary>The name under which the set is kept inside the instance.</summary>
    public const string Whole = "set";

    private readonly TimeSpan _timeout = TimeSpan.FromMilliseconds(options.TimeoutMs);
    private readonly TimeSpan _checkTimeout = TimeSpan.FromMilliseconds(options.CheckTimeoutMs);
    private CompiledPolicySet? _loaded;

    public bool IsBroken => instance.IsBroken;

    public long MemoryBytes => instance.MemoryBytes;

    /// <summary>Parses the set unless it is the one that is there.</summary>
    public void Load(CompiledPolicySet set)
    {
        if (ReferenceEquals(_loaded, set))
        {
            return;
        }

        _loaded = null;
        Preparse(Whole, set.Policies);
        _loaded = set;
    }

    /// <summary>Parses single policies under a name of their own.</summary>
    public void Preparse(string name, IEnumerable<CompiledPolicy> policies)
    {
        var texts = policies.ToDictionary(static one => one.Id, static one => one.Text, StringComparer.Ordinal);
        var answer = Read<CedarCheckAnswer>(instance.Preparse(name, Json(new { staticPolicies = texts }), _checkTimeout));
        if (answer.Type != "success")
        {
            throw new CedarException($"The policies cannot be read by this version of the engine: {First(answer.Errors)}");
        }
    }

    /// <param name="call">As written by <see cref="CedarCall"/>.</param>
    public CedarAnswer IsAuthorized(byte[] call)
    {
        var answer = Read<CedarAuthorizationAnswer>(instance.IsAuthorized(call, _timeout));
        return answer is { Type: "success", Response: { } response }
            ? new CedarAnswer(response.Decision == "allow", response.Diagnostics.Reason, [.. response.Diagnostics.Errors.Select(static one => one.PolicyId)])
            : throw new CedarException($"The request was not understood by the policy engine: {First(answer.Errors)}");
    }

    public CedarValidation Validate(string text, string schema) =>
        Read<CedarValidation>(instance.Validate(Json(new { schema, policies = new { staticPolicies = text } }), _checkTimeout));

    public CedarParts Parts(string text) => Read<CedarParts>(instance.TextToParts(text, _checkTimeout));

    /// <summary>The syntax tree of one policy.</summary>
    public JsonElement Tree(string policy)
    {
        using var answer = JsonDocument.Parse(instance.PolicyToJson(Json(policy), _checkTimeout));
        return answer.RootElement.TryGetProperty("json", out var tree)
            ? tree.Clone()
            : throw new CedarException("A policy has no syntax tree.");
    }

    public void Dispose() => instance.Dispose();

    private static string? First(IReadOnlyList<CedarError>? errors) => errors is [var first, ..] ? first.Message : null;

    private static byte[] Json<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, JsonSerializerOptions.Web);

    private static T Read<T>(byte[] json)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, JsonSerializerOptions.Web) ?? throw new CedarException("The policy engine answered nothing.");
        }
        catch (JsonException exception)
        {
            throw new CedarException($"The policy engine answered what nobody understands: {Encoding.UTF8.GetString(json.AsSpan(0, Math.Min(json.Length, 200)))}", exception);
        }
    }
}
