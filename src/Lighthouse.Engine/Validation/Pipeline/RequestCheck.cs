using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Lighthouse.Contracts;
using Lighthouse.Engine.Commands.Contracts;

namespace Lighthouse.Engine.Validation.Pipeline;

/// <summary>Refuses what is not a request. What is one, however strange, goes on and is judged.</summary>
internal static class RequestCheck
{
    private const int MaxShortText = 256;
    private const int MaxPath = 4_096;

    /// <exception cref="LighthouseException"><c>missing_field</c>, <c>invalid_field</c>, <c>unknown_tool</c>, <c>command_too_long</c>.</exception>
    public static void Ensure(DecisionRequest? request)
    {
        if (request is null)
        {
            throw new LighthouseException(ErrorCodes.MissingField, "The request is empty.");
        }

        if (string.IsNullOrEmpty(request.Tool))
        {
            throw new LighthouseException(ErrorCodes.MissingField, "`tool` is required: the name of the tool that is about to run, such as Bash.");
        }

        if (request.Tool.Length > MaxShortText || request.Tool.Any(c => char.IsControl(c) || char.IsWhiteSpace(c)))
        {
            throw new LighthouseException(ErrorCodes.UnknownTool, "`tool` is not a tool's name: up to 256 characters without spaces.");
        }

        EnsureInput(request.Input);
        EnsureCommand(request);
        EnsureText(request.SessionId, "sessionId", MaxShortText);
        EnsureText(request.RequestId, "requestId", MaxShortText);
        EnsureText(request.WorkingDirectory, "workingDirectory", MaxPath);
        if (request.WorkingDirectory is { Length: > 0 } directory && !directory.StartsWith('/') && !IsWindowsPath(directory))
        {
            throw new LighthouseException(ErrorCodes.InvalidField, "`workingDirectory` has to be an absolute path.");
        }
    }

    private static void EnsureInput(JsonElement input)
    {
        if (input.ValueKind is JsonValueKind.Undefined)
        {
            throw new LighthouseException(ErrorCodes.MissingField, "`input` is required: the tool's input as an object.");
        }

        if (input.ValueKind is not JsonValueKind.Object)
        {
            throw new LighthouseException(ErrorCodes.InvalidField, "`input` has to be an object.");
        }

        if (JsonMarshal.GetRawUtf8Value(input).Length > Limits.MessageBytes)
        {
            throw new LighthouseException(ErrorCodes.BodyTooLarge, $"`input` is larger than {Limits.MessageBytes / 1024} kB.");
        }

        if (!JsonText.IsUnicode(JsonMarshal.GetRawUtf8Value(input)))
        {
            // No program could receive such a text, so what would run is not what was said.
            throw new LighthouseException(ErrorCodes.InvalidField, "`input` holds text that is not valid Unicode: half of a surrogate pair, or bytes that are not UTF-8.");
        }
    }

    private static void EnsureCommand(DecisionRequest request)
    {
        // What is written in JSON is never shorter than what it says.
        if (JsonMarshal.GetRawUtf8Value(request.Input).Length > Limits.CommandBytes
            && (CommandLine.LongestBytes(request) > Limits.CommandBytes
                || (request.Input.TryGetProperty("command", out var command) && command.ValueKind is JsonValueKind.String
                    && Encoding.UTF8.GetByteCount(command.GetString()!) > Limits.CommandBytes)))
        {
            throw new LighthouseException(ErrorCodes.CommandTooLong, $"The command is longer than {Limits.CommandBytes:N0} bytes.");
        }
    }

    private static bool IsWindowsPath(string path) => path.Length > 2 && char.IsAsciiLetter(path[0]) && path[1] == ':';

    private static void EnsureText(string? value, string name, int limit)
    {
        if (value is not null && (value.Length > limit || value.Contains('\0', StringComparison.Ordinal)))
        {
            throw new LighthouseException(ErrorCodes.InvalidField, $"`{name}` is longer than {limit} characters or contains NUL.");
        }
    }
}
