using System.Text;

namespace Lighthouse.Engine.Commands.Resolution;

/// <summary>The text of <c>a+=x;a+=y;…</c>: each value is a beginning of the same buffer, and only one that is asked for becomes a string.</summary>
internal sealed class GrowingText(string start)
{
    private readonly StringBuilder _text = new(start);

    /// <summary>The buffer that holds the first <paramref name="length"/> characters of this one and <paramref name="more"/> after them.</summary>
    public GrowingText Append(int length, string more)
    {
        var buffer = length == _text.Length ? this : new GrowingText(Beginning(length));
        buffer._text.Append(more);
        return buffer;
    }

    public string Beginning(int length) => _text.ToString(0, length);
}
