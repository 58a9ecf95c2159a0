using Lighthouse.Engine.Validation.Pipeline;

namespace Lighthouse.Engine.Validation.Tiers.Memory;

/// <summary>Everything an answer depends on, as it arrived: nothing is normalised, so two keys are equal only where the requests are.</summary>
/// <param name="tool">As the host said it.</param>
/// <param name="input">The input's JSON bytes, for instance from <c>JsonMarshal.GetRawUtf8Value</c>; read only during the call.</param>
internal readonly ref struct DecisionKeyText(string tool, ReadOnlySpan<byte> input, string? workingDirectory, DecisionScope scope)
{
    public string Tool { get; } = tool;
    public ReadOnlySpan<byte> Input { get; } = input;
    public string? WorkingDirectory { get; } = workingDirectory;
    public DecisionScope Scope { get; } = scope;
}
