using System.Text.Json;
using Lighthouse.Contracts;

namespace Lighthouse.Engine.Validation.Tiers.Pattern;

/// <summary>What the measures look at: the analysis and, of a shell tool, the text.</summary>
internal sealed class PatternView(DecisionRequest request, Analysis analysis)
{
    public Analysis Analysis { get; } = analysis;

    public string Text { get; } =
        request.Input.ValueKind == JsonValueKind.Object && request.Input.TryGetProperty("command", out var command) && command.ValueKind == JsonValueKind.String
            ? command.GetString()!
            : "";

    public bool Has(string effect) => Analysis.Effects.Contains(effect);

    public bool Runs(string[] programs)
    {
        foreach (var program in Analysis.Programs)
        {
            if (Array.IndexOf(programs, program) >= 0)
            {
                return true;
            }
        }

        return false;
    }
}
