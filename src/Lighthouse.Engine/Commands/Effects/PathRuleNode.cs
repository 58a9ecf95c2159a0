namespace Lighthouse.Engine.Commands.Effects;

/// <summary>One name of a rule, with what may follow it.</summary>
internal sealed class PathRuleNode
{
    public PathRuleNode() => _bySpan = Literals.GetAlternateLookup<ReadOnlySpan<char>>();

    // Names that are secret in any directory: there a plain * or *.json must not count as reaching for them.
    public bool Anywhere { get; init; }

    public Dictionary<string, PathRuleNode> Literals { get; } = new(StringComparer.OrdinalIgnoreCase);
    public List<PathRulePattern> Patterns { get; } = [];
    public List<PathRule> Below { get; } = [];
    public List<PathRule> Exact { get; } = [];

    // Almost no segment is one of the names: its length and first letter mostly say so.
    private readonly Dictionary<string, PathRuleNode>.AlternateLookup<ReadOnlySpan<char>> _bySpan;
    private ulong _lengths;
    private ulong _firstLetters;
    private PathRulePattern[][]? _byFirst;
    private PathRulePattern[][]? _byLast;

    public PathRuleNode? Literal(ReadOnlySpan<char> segment) =>
        ((_lengths >> Math.Min(segment.Length, 63)) & (_firstLetters >> (char.ToLowerInvariant(segment[0]) & 63)) & 1) != 0
        && _bySpan.TryGetValue(segment, out var next) ? next : null;

    /// <summary>The patterns that begin with this small letter.</summary>
    public PathRulePattern[] ByFirst(char first) => (_byFirst ??= Table(static pattern => pattern.First, wild: false))[Math.Min(first, '\x7f')];

    /// <summary>The patterns that begin with a wildcard and end with this small letter, or with a wildcard too.</summary>
    public PathRulePattern[] ByLast(char last) => (_byLast ??= Table(static pattern => pattern.First == 0 ? pattern.Last : '\uffff', wild: true))[Math.Min(last, '\x7f')];

    // All letters beyond ASCII share the last entry, with every pattern that has one.
    private PathRulePattern[][] Table(Func<PathRulePattern, char> letterOf, bool wild) =>
        [.. Enumerable.Range(0, 128).Select(at => Patterns.Where(pattern =>
            letterOf(pattern) is not '\uffff' and var letter && (letter == 0 ? wild : letter == at || (at == 127 && letter > 127))).ToArray())];

    public PathRuleNode Child(string segment)
    {
        if (!Glob.IsPattern(segment))
        {
            _lengths |= 1ul << Math.Min(segment.Length, 63);
            _firstLetters |= 1ul << (char.ToLowerInvariant(segment[0]) & 63);
            return Literals.TryGetValue(segment, out var known) ? known : Literals[segment] = new PathRuleNode { Anywhere = Anywhere };
        }

        var index = Patterns.FindIndex(pattern => pattern.Text == segment);
        if (index < 0)
        {
            Patterns.Add(new PathRulePattern(segment, new PathRuleNode { Anywhere = Anywhere }));
            index = Patterns.Count - 1;
        }

        return Patterns[index].Next;
    }
}

/// <summary>A name with wildcards in it.</summary>
internal sealed class PathRulePattern(string text, PathRuleNode next)
{
    // Most names differ from most patterns in their first or last letter, which costs less to see than to match. Zero: a wildcard stands there.
    private readonly char _first = Literal(text, text[0]);
    private readonly char _last = Literal(text, text[^1]);

    public string Text => text;
    public PathRuleNode Next => next;

    public char First => _first;
    public char Last => _last;

    public bool Matches(ReadOnlySpan<char> segment, char first, char last) =>
        (_first == 0 || _first == first) && (_last == 0 || _last == last) && Glob.Matches(text, segment);

    private static char Literal(string text, char at) => at is '*' or '?' || text.AsSpan().IndexOfAny("[(") >= 0 ? '\0' : char.ToLowerInvariant(at);
}
