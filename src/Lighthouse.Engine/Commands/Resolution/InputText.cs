namespace Lighthouse.Engine.Commands.Resolution;

/// <summary>
/// Text on a standard input, for whoever reads it first. What the next one gets is what the first left, which cannot be known:
/// <c>{ read a; read b; } &lt;&lt;E</c> gives b another line, and <c>{ cat; sh; }</c> the shell nothing.
/// </summary>
internal sealed class InputText(string text)
{
    /// <summary>Null once somebody has read.</summary>
    public string? Text { get; private set; } = text;

    public static InputText? Of(string? text) => text is null ? null : new InputText(text);

    public void Read() => Text = null;
}
