using System.Globalization;
using System.Text.Json;
using Lighthouse.Contracts;
using Lighthouse.Engine.Commands.Contracts;

namespace Lighthouse.Web.Ui;

/// <summary>A stretch of a text, in UTF-16 offsets, that decided.</summary>
public readonly record struct TextMark(int Start, int Length, Risk Risk);

/// <summary>The text of a request that matters, and the stretch of it that decided.</summary>
/// <param name="Field">The property of the input that it is; null for a shell's command, and where no property tells.</param>
internal sealed record RequestSubject(string Text, string? Field, TextMark? Mark)
{
    /// <param name="shown">The property to show where nothing decided: the first that does anything.</param>
    public static RequestSubject Of(DecisionRequest request, DecidingFact? deciding, string? shown = null)
    {
        var part = deciding?.Part;
        if (CommandLine.Of(request) is { } command)
        {
            return new RequestSubject(command, null, part is { Field: null, Length: > 0 } ? new TextMark(part.Start, part.Length, part.Risk) : null);
        }

        var field = part?.Field ?? shown;
        if (field is null || Value(request.Input, field) is not { Length: > 0 } text)
        {
            return new RequestSubject(RequestText.Of(request), null, null);
        }

        // A patch says in which line; of a path or an address the whole decides.
        return new RequestSubject(text, field, part?.Field is null ? null : part.Length > 0 ? new TextMark(part.Start, part.Length, part.Risk) : new TextMark(0, text.Length, part.Risk));
    }

    private static string? Value(JsonElement input, string field)
    {
        var open = field.IndexOf('[', StringComparison.Ordinal);
        var name = open < 0 ? field : field[..open];
        if (input.ValueKind != JsonValueKind.Object || !input.TryGetProperty(name, out var value))
        {
            return null;
        }

        if (open >= 0)
        {
            if (value.ValueKind != JsonValueKind.Array || !int.TryParse(field.AsSpan(open + 1).TrimEnd(']'), NumberStyles.None, CultureInfo.InvariantCulture, out var index) || index >= value.GetArrayLength())
            {
                return null;
            }

            value = value[index];
        }

        return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
    }
}
