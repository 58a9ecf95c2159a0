namespace Lighthouse.Engine.Commands.Resolution;

/// <summary>
/// What the numbers beyond standard error were opened on. Kept for the whole analysis and never forgotten: a number that was
/// opened on the network once is taken to be so still.
/// </summary>
internal sealed class OpenDescriptors
{
    private const int FirstNamed = 10;
    private Dictionary<int, Opened>? _opened;
    private int _named;

    public bool Any => _opened is not null;

    /// <summary>A number under the name that it has as a file: <c>@/dev/fd/3</c>.</summary>
    public Origin OriginOf(string text)
    {
        var at = text.IndexOf("/fd/", StringComparison.Ordinal);
        return at >= 0 && Find(text[(at + 4)..]) is { } opened ? opened.Origin : Origin.None;
    }

    /// <summary>The number that the shell would put into the variable of <c>{name}&gt;file</c>.</summary>
    public int Name() => FirstNamed + _named++;

    public void Open(int number, Opened opened) => (_opened ??= [])[number] = _opened.TryGetValue(number, out var before)
        ? new Opened(opened.Origin | before.Origin, opened.ToNetwork || before.ToNetwork, null)
        : opened;

    /// <param name="target">The digits after <c>&lt;&amp;</c> or <c>&gt;&amp;</c>, perhaps with a dash.</param>
    public Opened? Find(string? target) =>
        int.TryParse(target.AsSpan().TrimEnd('-'), out var number) && _opened?.TryGetValue(number, out var opened) == true ? opened : null;
}

/// <param name="Text">All that can be read from it, when known.</param>
internal sealed record Opened(Origin Origin, bool ToNetwork, InputText? Text);
