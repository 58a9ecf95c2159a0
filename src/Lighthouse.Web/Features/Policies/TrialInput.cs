using System.Text.Json;
using Lighthouse.Contracts;
using Lighthouse.Engine.Validation.Contracts;

namespace Lighthouse.Web.Features.Policies;

/// <summary>Fields of a form as a request, in the input that each tool has.</summary>
internal static class TrialInput
{
    /// <exception cref="LighthouseException"><c>malformed_json</c>: the input of another tool is not a JSON object.</exception>
    public static PolicyTrialRequest Of(string tool, string subject, string directory, string agentId, string profile)
    {
        var request = new PolicyTrialRequest { WorkingDirectory = directory.Trim(), AgentId = agentId.Length == 0 ? null : agentId, Profile = profile };
        return tool switch
        {
            "Bash" => request with { Command = subject },
            "Read" or "Edit" => request with { Tool = tool, Input = Json(new { file_path = subject.Trim() }) },
            "Write" => request with { Tool = tool, Input = Json(new { file_path = subject.Trim(), content = "" }) },
            "WebFetch" => request with { Tool = tool, Input = Json(new { url = subject.Trim() }) },
            _ => request with { Tool = tool.Trim(), Input = Parse(subject) },
        };
    }

    /// <summary>The one text of a request that a person would read.</summary>
    public static string Subject(PolicyTrialRequest request) =>
        request.Command ?? RequestText(request.Input) ?? "";

    private static string? RequestText(JsonElement? input) =>
        input is { ValueKind: JsonValueKind.Object } given
            ? new[] { "file_path", "url" }.Select(name => given.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null)
                .FirstOrDefault(static one => one is not null) ?? given.GetRawText()
            : null;

    private static JsonElement Json<T>(T input) => JsonSerializer.SerializeToElement(input, LighthouseJson.Options);

    private static JsonElement Parse(string text)
    {
        try
        {
            var parsed = JsonSerializer.Deserialize<JsonElement>(text.Trim().Length == 0 ? "{}" : text, LighthouseJson.Options);
            return parsed.ValueKind == JsonValueKind.Object
                ? parsed
                : throw new LighthouseException(ErrorCodes.MalformedJson, "The input of a tool is a JSON object, such as { \"name\": \"value\" }.");
        }
        catch (JsonException exception)
        {
            throw new LighthouseException(ErrorCodes.MalformedJson, "The input is not JSON; a tool's input is an object, such as { \"name\": \"value\" }.", inner: exception);
        }
    }
}
