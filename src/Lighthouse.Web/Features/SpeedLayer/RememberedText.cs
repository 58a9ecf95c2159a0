using System.Text.Json;
using Lighthouse.Contracts;
using Lighthouse.Engine.Validation.Contracts;
using Lighthouse.Web.Ui;

namespace Lighthouse.Web.Features.SpeedLayer;

/// <summary>A remembered request on one line, with hidden characters spelled out.</summary>
internal static class RememberedText
{
    public static string Of(RememberedEntry entry)
    {
        try
        {
            var request = new DecisionRequest { Tool = entry.Tool, Input = JsonSerializer.Deserialize<JsonElement>(entry.Input, LighthouseJson.Options) };
            var text = HiddenCharacters.Reveal(RequestText.Of(request));
            return RequestText.IsCommand(request) ? text : entry.Tool + " " + text;
        }
        catch (JsonException)
        {
            return HiddenCharacters.Reveal(entry.Tool + " " + entry.Input);
        }
    }
}
