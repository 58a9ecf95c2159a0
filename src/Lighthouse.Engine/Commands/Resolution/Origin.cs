namespace Lighthouse.Engine.Commands.Resolution;

/// <summary>Where data came from, as far as it matters to what is done with it.</summary>
[Flags]
internal enum Origin
{
    None = 0,
    Network = 1,
    Secret = 2,

    /// <summary>Decoded or decompressed: nobody can read beforehand what it says.</summary>
    Decoded = 4,

    /// <summary>All variables, tokens and passwords among them; what a filter lets through of them is not.</summary>
    Environment = 8,
}

/// <summary>What a command reads on standard input.</summary>
/// <param name="Known">The whole of it, when known.</param>
internal readonly record struct Input(bool FromPipe, Origin Origin, InputText? Known, int Start, int Length)
{
    /// <summary>The whole of it, when known and nobody has read from it.</summary>
    public string? Text => Known?.Text;

    /// <summary>The same for two readings of which only one happens.</summary>
    public Input Again() => Text is { } text ? this with { Known = new InputText(text) } : this;

    /// <summary>Comes through a pipe, and its place is still that of the text itself.</summary>
    public bool HandedOn { get; init; }

    public Listing? Listing { get; init; }

    /// <summary>The form of a text that is not known.</summary>
    public OutputShape? Shape { get; init; }
}

/// <summary>What came of running something: what it did, where its output comes from, and the output when known.</summary>
internal readonly record struct Outcome(Effects.Effect Effects, Origin Origin, string? Output)
{
    public static Outcome Nothing { get; } = new(Lighthouse.Engine.Commands.Effects.Effect.None, Origin.None, null);
    public static Outcome Silent { get; } = new(Lighthouse.Engine.Commands.Effects.Effect.None, Origin.None, "");

    public Listing? Listing { get; init; }

    /// <summary>The form of an output that is not known.</summary>
    public OutputShape? Shape { get; init; }

    /// <summary>Where in the command the output stands, for one that only hands on what came in.</summary>
    public (int Start, int Length)? Span { get; init; }

    /// <summary>Both ran, one after the other, on the same output.</summary>
    public Outcome Then(Outcome next) => new(
        Effects | next.Effects,
        Origin | next.Origin,
        Output is null || next.Output is null || Output.Length + next.Output.Length > Budget.MaxText ? null : Output + next.Output)
    {
        Listing = Output is "" ? next.Listing : next.Output is "" ? Listing : null,
        Shape = Output is "" ? next.Shape : next.Output is "" ? Shape : null,
        Span = Output is "" ? next.Span : next.Output is "" ? Span : null,
    };
}
