using System.Text.Json;
using Lighthouse.Contracts;
using Lighthouse.Engine.Commands.Effects;

namespace Lighthouse.Engine.Commands;

/// <summary>What the input of a shell tool says beside the command: under which shell, with which rights and variables it is to run.</summary>
internal static class ShellSurroundings
{
    public static void Read(JsonElement input, List<EffectUse> uses)
    {
        foreach (var property in input.EnumerateObject())
        {
            var value = property.Value;
            switch (property.Name)
            {
                case "dangerouslyDisableSandbox" or "with_escalated_permissions" or "withEscalatedPermissions" or "sandbox_permissions" or "require_escalated"
                    when value.ValueKind is not (JsonValueKind.False or JsonValueKind.Null) && !(value.ValueKind == JsonValueKind.String && value.GetString() is "use_default" or "default" or ""):
                    Add(Effect.Privilege, Risk.High, "asks to run outside the host's sandbox");
                    break;
                case "shell" or "executable" or "interpreter" when value.ValueKind == JsonValueKind.String && !IsShell(value.GetString()!):
                    Add(Effect.ExecuteDynamic, Risk.High, "is to be run by another program than a shell");
                    break;
                case "env" or "environment" when value.ValueKind is JsonValueKind.Object or JsonValueKind.Array && value.GetRawText().AsSpan().Trim("{}[] \n\r\t").Length > 0:
                    Add(Effect.Unknown, Risk.Medium, "is given variables of its own");
                    break;
                case "stdin" or "chars" when value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 }:
                    Add(Effect.ExecuteDynamic, Risk.High, "is given input that is not judged");
                    break;
            }

            void Add(Effect effect, Risk risk, string why) => uses.Add(new EffectUse(effect, Place.None, null, risk, why, 0, 0, null) { Field = property.Name });
        }
    }

    private static bool IsShell(string path) =>
        path is "" or "bash" or "sh" or "zsh" or "dash" || (path.StartsWith("/bin/", StringComparison.Ordinal) || path.StartsWith("/usr/bin/", StringComparison.Ordinal))
            && path[(path.LastIndexOf('/') + 1)..] is "bash" or "sh" or "zsh" or "dash" && path.Count(static c => c == '/') <= 3 && !path.Contains("..", StringComparison.Ordinal);
}
