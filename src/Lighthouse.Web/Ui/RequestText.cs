using System.Text.Json;
using Lighthouse.Contracts;

namespace Lighthouse.Web.Ui;

/// <summary>What a request says, as text to read.</summary>
internal static class RequestText
{
    private static readonly JsonSerializerOptions Indented = new(LighthouseJson.Options) { WriteIndented = true };

    /// <summary>The command, or for other tools the path or the whole input.</summary>
    public static string Of(DecisionRequest request)
    {
        if (Text(request, "command") is { } command)
        {
            return command;
        }

        return Text(request, "file_path") ?? Text(request, "path") ?? (request.Input.ValueKind == JsonValueKind.Undefined ? request.Tool : request.Input.GetRawText());
    }

    public static bool IsCommand(DecisionRequest request) => Text(request, "command") is not null;

    public static string Json(DecisionRequest request) =>
        JsonSerializer.Serialize(request.Input.ValueKind == JsonValueKind.Undefined ? request with { Input = default } : request, Indented);

    private static string? Text(DecisionRequest request, string name) =>
        request.Input.ValueKind == JsonValueKind.Object && request.Input.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
