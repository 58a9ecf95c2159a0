using System.Text;
using System.Text.Json;
using Lighthouse.Contracts;

namespace Lighthouse.Engine.Validation.Log;

/// <summary>What a request is about, in one line: its command, path or address, else its input as JSON.</summary>
internal static class DecisionSubject
{
    public const int ShownLength = 500;

    private static readonly string[] TellingProperties = ["command", "file_path", "path", "url"];

    /// <summary>The whole text, in one line; not shortened.</summary>
    public static string Text(DecisionRequest request)
    {
        if (request.Input.ValueKind != JsonValueKind.Object)
        {
            return request.Input.ValueKind == JsonValueKind.Undefined ? "" : OneLine(request.Input.GetRawText());
        }

        foreach (var name in TellingProperties)
        {
            if (request.Input.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String)
            {
                return OneLine(value.GetString()!);
            }
        }

        return OneLine(JsonSerializer.Serialize(request.Input, LighthouseJson.Options));
    }

    public static string Shorten(string text)
    {
        if (text.Length <= ShownLength)
        {
            return text;
        }

        // Never cut between the two halves of a character.
        var length = char.IsHighSurrogate(text[ShownLength - 2]) ? ShownLength - 2 : ShownLength - 1;
        return string.Concat(text.AsSpan(0, length), "…");
    }

    private static string OneLine(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\0', '\x1f') && !text.Contains('\x7f', StringComparison.Ordinal))
        {
            return text.Trim();
        }

        var line = new StringBuilder(text.Length);
        foreach (var one in text)
        {
            if (!char.IsControl(one))
            {
                line.Append(one);
            }
            else if (line.Length > 0 && line[^1] != ' ')
            {
                line.Append(' ');
            }
        }

        return line.ToString().Trim();
    }
}
