using Lighthouse.Engine.Commands.Effects;

namespace Lighthouse.Engine.Commands.Resolution;

/// <summary>A shell variable as far as it is known. <see cref="Text"/> null: unknown, with the known <see cref="Prefix"/>.</summary>
internal sealed record Variable(string? Text, string Prefix = "", Origin Origin = Origin.None)
{
    private string? _text = Text;
    private GrowingText? _grown;
    private int _length;

    public string? Text
    {
        get => _text ??= _grown?.Beginning(_length);
        init => (_text, _grown) = (value, null);
    }

    /// <summary>Of the text, without making one; null when it is unknown.</summary>
    public int? KnownLength => _text?.Length ?? (_grown is null ? null : _length);

    public static Variable Unknown { get; } = new(null, "");
    public static Variable Number { get; } = new(null, "") { Shape = TextShape.Number };
    public static Variable Unset { get; } = new("", "") { IsUnset = true };

    public bool IsUnset { get; init; }

    /// <summary>Handed to programs, hence seen by a shell that is started as one.</summary>
    public bool IsExported { get; init; }

    /// <summary>The text is a pattern that stands for file names: the variable of a loop over a glob.</summary>
    public bool HasGlob { get; init; }

    /// <summary>See <see cref="Word.Names"/>.</summary>
    public IReadOnlyList<Word>? Names { get; init; }

    /// <summary>See <see cref="Word.Shape"/>.</summary>
    public TextShape? Shape { get; init; }

    /// <summary>The elements of an array; <see cref="Text"/> is then the first.</summary>
    public List<Word>? Elements { get; init; }

    public static Variable From(Word word, Origin origin) => new(word.Text, word.Prefix, origin) { HasGlob = word.HasGlob, Names = word.Names, Shape = word.Shape };

    /// <summary>This value, which is known, with <paramref name="more"/> behind it: it is not copied for that.</summary>
    public Variable Append(string more)
    {
        var length = KnownLength!.Value;
        var grown = (_grown ?? new GrowingText(_text!)).Append(length, more);
        return new Variable(null, "") { _grown = grown, _length = length + more.Length };
    }

    public bool IsNumber => Shape == TextShape.Number || (Text is { Length: > 0 } text && text.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0);

    public bool Same(Variable other) => KnownLength == other.KnownLength && Text == other.Text && (Text is not null || (Shape is not null && Shape == other.Shape)) && HasGlob == other.HasGlob && IsUnset == other.IsUnset && Elements is null && other.Elements is null && Origin == other.Origin;
}
