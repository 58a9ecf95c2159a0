using Lighthouse.Engine.Commands.Contracts;

namespace Lighthouse.Engine.Commands.Effects;

/// <summary>An absolute path as segments, with <c>.</c>, <c>..</c>, doubled slashes and the tricks of <c>/proc</c> resolved by text.</summary>
internal sealed partial class SegmentPath
{
    // Nothing a person names is deeper; a path beyond it is not looked at and counts as unresolved.
    public const int Deepest = 128;

    private readonly SegmentPath? _directory;
    private readonly int _shared;
    private readonly string _text;
    private readonly List<Range> _segments;
    private readonly bool _hasGlob;

    private SegmentPath(string text, List<Range> segments, bool hasGlob, SegmentPath? directory = null, int shared = 0)
    {
        _text = text;
        _segments = segments;
        _hasGlob = hasGlob;
        _directory = directory;
        _shared = shared;
    }

    public int Count => _shared + _segments.Count;
    public ReadOnlySpan<char> this[int index] => index < _shared ? _directory![index] : _text.AsSpan(_segments[index - _shared]);

    /// <summary>The directory that this path is below, or null. It is read once for all paths in it: see <see cref="PathRules"/>.</summary>
    public SegmentPath? Directory => _directory is not null && _shared == _directory.Count ? _directory : null;

    /// <summary>What the rules say of a directory, for the paths in it.</summary>
    public DirectoryFindings? Known { get; set; }

    public bool IsGlob(int index) => _hasGlob && Glob.IsPattern(this[index]);

    /// <summary>Null when the path is relative to an unknown directory or absurdly deep.</summary>
    public static SegmentPath? Of(string text, bool hasGlob, ActionPlace place)
    {
        if (Below(text, hasGlob, place) is { } below)
        {
            return below;
        }

        var absolute = Anchor(text, place);
        for (var rounds = 0; absolute is not null && rounds < 8; rounds++)
        {
            if (Split(absolute) is not { } segments)
            {
                return null;
            }

            var path = new SegmentPath(absolute, segments, hasGlob);
            if (path.ThroughProc(place) is not { } rewritten)
            {
                return path;
            }

            absolute = rewritten.Length == 0 ? null : rewritten;
        }

        return null;
    }

    // Thousands of paths may stand in one long directory: it is neither copied nor split for each of them.
    private static SegmentPath? Below(string text, bool hasGlob, ActionPlace place)
    {
        if (text.Length == 0 || text[0] is '/' or '~' || place.WorkingDirectory is not { } working || (hasGlob && Glob.IsPattern(working)))
        {
            return null;
        }

        // What begins with one of these may be another name of something else.
        var directory = OfLiteral(working);
        if (directory.Count == 0 || directory[0] is "private" or "System" || directory[0].Equals("proc", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var shared = directory.Count;
        return Split(text, ref shared) is { } segments && shared > 0 ? new SegmentPath(text, segments, hasGlob, directory, shared) : null;
    }

    // Workspace, home and protected directories are compared with every path of every command: few texts, again and again.
    [ThreadStatic]
    private static SegmentPath?[]? t_literals;

    [ThreadStatic]
    private static int t_nextLiteral;

    public static SegmentPath OfLiteral(string absolute)
    {
        var literals = t_literals ??= new SegmentPath?[8];
        foreach (var known in literals)
        {
            if (known is not null && known._text == absolute)
            {
                return known;
            }
        }

        return literals[t_nextLiteral++ & 7] = new SegmentPath(absolute, Split(absolute) ?? [], hasGlob: false);
    }

    public bool StartsWith(SegmentPath other, StringComparison comparison)
    {
        if (other.Count > Count)
        {
            return false;
        }

        for (var i = 0; i < other.Count; i++)
        {
            if (!this[i].Equals(other[i], comparison) && !(IsGlob(i) && Glob.CouldExpandTo(this[i], other[i])))
            {
                return false;
            }
        }

        return true;
    }

    public override string ToString()
    {
        var length = 0;
        for (var i = 0; i < Count; i++)
        {
            length += this[i].Length + 1;
        }

        if (length == 0)
        {
            return "/";
        }

        // Mostly the text is in this form already.
        return length == _text.Length && _shared == 0
            ? _text
            : string.Create(length, this, static (span, path) =>
            {
                for (var i = 0; i < path.Count; i++)
                {
                    span[0] = '/';
                    path[i].CopyTo(span[1..]);
                    span = span[(path[i].Length + 1)..];
                }
            });
    }

    private static string? Anchor(string text, ActionPlace place)
    {
        if (text.StartsWith('/'))
        {
            return text;
        }

        if (text.StartsWith('~'))
        {
            var slash = text.IndexOf('/', StringComparison.Ordinal);
            var (user, rest) = slash < 0 ? (text[1..], "") : (text[1..slash], text[slash..]);
            return user switch
            {
                "" => (place.Home ?? "/home/~") + rest,
                "root" => "/root" + rest,
                "+" => place.WorkingDirectory + rest is { Length: > 0 } inside && place.WorkingDirectory is not null ? inside : null,
                _ when user.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.') && user is not "-" => "/home/" + user + rest,
                _ => place.WorkingDirectory is null ? null : place.WorkingDirectory + "/" + text,
            };
        }

        return place.WorkingDirectory is null ? null : place.WorkingDirectory + "/" + text;
    }
}
