using System.Text;

namespace Lighthouse.Engine.Validation.Tiers.Redis;

/// <summary>Reads what <see cref="CompactWriter"/> wrote. Everything else is an <see cref="InvalidDataException"/>, never an index out of range.</summary>
internal ref struct CompactReader(ReadOnlySpan<byte> bytes)
{
    private readonly List<string> _texts = [];
    private ReadOnlySpan<byte> _rest = bytes;

    public byte Byte()
    {
        if (_rest.IsEmpty)
        {
            throw Malformed();
        }

        var value = _rest[0];
        _rest = _rest[1..];
        return value;
    }

    public bool Flag() => Byte() switch { 0 => false, 1 => true, _ => throw Malformed() };

    public int Number()
    {
        uint value = 0;
        for (var shift = 0; shift < 35; shift += 7)
        {
            var next = Byte();
            value |= (uint)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return (int)value;
            }
        }

        throw Malformed();
    }

    /// <summary>A number of things, each of at least one byte.</summary>
    public int Count() => Number() is var count && count >= 0 && count <= _rest.Length ? count : throw Malformed();

    public TEnum Choice<TEnum>()
        where TEnum : struct, Enum
    {
        var value = (TEnum)Enum.ToObject(typeof(TEnum), Byte());
        return Enum.IsDefined(value) ? value : throw Malformed();
    }

    public string? Text()
    {
        var kind = Number();
        if (kind == 0)
        {
            return null;
        }

        if (kind != 1)
        {
            return kind - 2 >= 0 && kind - 2 < _texts.Count ? _texts[kind - 2] : throw Malformed();
        }

        var length = Count();
        var text = Encoding.UTF8.GetString(_rest[..length]);
        _rest = _rest[length..];
        _texts.Add(text);
        return text;
    }

    public string RequiredText() => Text() ?? throw Malformed();

    public string[] Texts()
    {
        var texts = new string[Count()];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = RequiredText();
        }

        return texts;
    }

    public readonly void End()
    {
        if (!_rest.IsEmpty)
        {
            throw Malformed();
        }
    }

    private static InvalidDataException Malformed() => new("The value is not of this version's form.");
}
