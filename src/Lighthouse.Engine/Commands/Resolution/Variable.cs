using Lighthouse.Engine.Commands.Effects;

namespace Lighthouse.Engine.Commands.Resolution;

/// <summary>A shell variable as far as it is known. <see cref="Text"/> null: unknown, with the known <see cref="Prefix"/>.</summary>
internal sealed record Variable(string? Text, string Prefix = "", Origin Origin = Origin.None)
{
    public static Variable Unknown { get; } = new(null, "");
    public static Variable Unset { get; } = new("", "") { IsUnset = true };

    public bool IsUnset { get; init; }

    /// <summary>Handed to programs, hence seen by a shell that is started as one.</summary>
    public bool IsExported { get; init; }

    /// <summary>The text is a pattern that stands for file names: the variable of a loop over a glob.</summary>
    public bool HasGlob { get; init; }

    /// <summary>See <see cref="Word.Names"/>.</summary>
    public IReadOnlyList<Word>? Names { get; init; }

    /// <summary>The elements of an array; <see cref="Text"/> is then the first.</summary>
    public List<Word>? Elements { get; init; }

    public static Variable From(Word word, Origin origin) => new(word.Text, word.Prefix, origin) { HasGlob = word.HasGlob, Names = word.Names };

    public bool Same(Variable other) => Text == other.Text && Text is not null && IsUnset == other.IsUnset && Elements is null && other.Elements is null && Origin == other.Origin;
}
