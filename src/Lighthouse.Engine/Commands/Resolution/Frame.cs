using Lighthouse.Engine.Commands.Syntax;

namespace Lighthouse.Engine.Commands.Resolution;

/// <summary>Text that is being walked and where it stands in the command that was asked for.</summary>
internal sealed class Frame
{
    private readonly int _offset;
    private readonly (int Start, int Length)? _whole;

    private Frame(string text, int offset, (int Start, int Length)? whole)
    {
        Text = text;
        _offset = offset;
        _whole = whole;
    }

    public string Text { get; }

    /// <summary>Each character of <see cref="Text"/> has its own place in the source.</summary>
    public bool IsPlaced => _whole is null;

    public static Frame Original(string text) => new(text, 0, null);

    /// <summary>Text built out of a range of the source: exact where the range, with or without its quotes, is that text.</summary>
    public static Frame Built(string text, string source, int start, int length)
    {
        if (start >= 0 && start + length <= source.Length)
        {
            var range = source.AsSpan(start, length);
            if (range.SequenceEqual(text))
            {
                return new Frame(text, start, null);
            }

            if (length == text.Length + 2 && range[1..^1].SequenceEqual(text))
            {
                return new Frame(text, start + 1, null);
            }
        }

        return new Frame(text, 0, (start, length));
    }

    public Frame Inner(Fragment fragment)
    {
        var (start, length) = Map(fragment.SourceStart, fragment.SourceEnd - fragment.SourceStart);
        return fragment.IsExact && _whole is null ? new Frame(fragment.Text, start, null) : new Frame(fragment.Text, 0, (start, length));
    }

    public (int Start, int Length) Map(int start, int length) => _whole ?? (start + _offset, length);

    public string Raw(SyntaxNode node) => Text[node.Start..node.End];
}
