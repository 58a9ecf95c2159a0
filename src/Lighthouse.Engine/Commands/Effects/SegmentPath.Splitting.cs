using Lighthouse.Engine.Commands.Contracts;

namespace Lighthouse.Engine.Commands.Effects;

/// <summary>From text to segments, through the names under which systems show the same place again.</summary>
internal sealed partial class SegmentPath
{
    private static List<Range>? Split(string text)
    {
        var none = 0;
        if (Split(text, ref none) is not { } segments)
        {
            return null;
        }

        // macOS keeps /etc, /tmp, /var under /private and the writable volume under /System/Volumes/Data.
        if (segments.Count > 1 && text.AsSpan(segments[0]) is "private" && text.AsSpan(segments[1]) is "etc" or "tmp" or "var")
        {
            segments.RemoveAt(0);
        }
        else if (segments.Count > 2 && text.AsSpan(segments[0]) is "System" && text.AsSpan(segments[1]) is "Volumes" && text.AsSpan(segments[2]) is "Data")
        {
            segments.RemoveRange(0, 3);
        }

        return segments;
    }

    // Of the directory that the text stands below, as many segments stay as it does not climb out of.
    private static List<Range>? Split(string text, ref int shared)
    {
        var segments = new List<Range>(Math.Min(text.AsSpan().Count('/') + 1, Deepest + 1));
        var start = 0;
        while (start < text.Length)
        {
            var end = text.IndexOf('/', start);
            end = end < 0 ? text.Length : end;
            var segment = text.AsSpan(start, end - start);
            if (segment is "..")
            {
                if (segments.Count > 0)
                {
                    segments.RemoveAt(segments.Count - 1);
                }
                else if (shared > 0)
                {
                    shared--;
                }
            }
            else if (segment is not ("" or "."))
            {
                segments.Add(start..end);
                if (shared + segments.Count > Deepest)
                {
                    return null;
                }
            }

            start = end + 1;
        }

        return segments;
    }

    // /proc/<process>/root is the root again, cwd the working directory. Null: not such a path. Empty: it cannot be known.
    private string? ThroughProc(ActionPlace place)
    {
        if (Count < 3 || !this[0].Equals("proc", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var at = Count > 4 && this[2] is "task" ? 4 : 2;
        if (this[at] is "root")
        {
            return "/" + Tail(at + 1);
        }

        if (this[at] is "cwd")
        {
            return this[1] is "self" or "thread-self" && place.WorkingDirectory is { } directory ? directory + "/" + Tail(at + 1) : "";
        }

        return null;
    }

    private string Tail(int from) => string.Join('/', _segments.Skip(from).Select(range => _text[range]));
}
