using System.Text;
using Lighthouse.Engine.Commands.Syntax;

namespace Lighthouse.Engine.Commands.Resolution;

/// <summary><c>{a,b}</c> and <c>{1..9}</c>, within bounds.</summary>
internal sealed class BraceExpansion
{
    private const int MaxWords = 256;
    private const int MaxAtoms = 65_536;

    // One unquoted character, or a part that braces do not look into.
    private readonly record struct Atom(char Character, WordPart? Part);

    private readonly List<Atom> _atoms = [];
    private int[] _match = [];
    private int _produced;
    private bool _tooMuch;

    /// <summary>The words, each as parts; null when there are too many to follow.</summary>
    public static List<List<WordPart>>? Expand(List<WordPart> parts)
    {
        var expansion = new BraceExpansion();
        foreach (var part in parts)
        {
            if (part is LiteralPart literal)
            {
                foreach (var c in literal.Text)
                {
                    expansion._atoms.Add(new Atom(c, null));
                }
            }
            else
            {
                expansion._atoms.Add(new Atom('\0', part));
            }
        }

        if (!expansion.Match())
        {
            return [parts];
        }

        var words = expansion.Range(0, expansion._atoms.Count, 0);
        return expansion._tooMuch ? null : words.ConvertAll(ToParts);
    }

    private bool Match()
    {
        var any = false;
        _match = new int[_atoms.Count];
        Array.Fill(_match, -1);
        var open = new Stack<int>();
        for (var i = 0; i < _atoms.Count; i++)
        {
            if (_atoms[i].Character == '{')
            {
                open.Push(i);
            }
            else if (_atoms[i].Character == '}' && open.TryPop(out var start))
            {
                _match[start] = i;
                any = true;
            }
        }

        return any;
    }

    private List<List<Atom>> Range(int from, int to, int depth)
    {
        var results = new List<List<Atom>> { new() };
        if (depth > SyntaxLimits.MaxDepth)
        {
            _tooMuch = true;
        }

        for (var at = from; at < to && !_tooMuch; at++)
        {
            var alternatives = _atoms[at].Character == '{' && _match[at] is var close and > 0 && close < to ? Alternatives(at, close, depth) : null;
            if (alternatives is null)
            {
                foreach (var result in results)
                {
                    result.Add(_atoms[at]);
                }

                Count(results.Count);
                continue;
            }

            at = _match[at];
            if ((long)results.Count * alternatives.Count > MaxWords)
            {
                _tooMuch = true;
                break;
            }

            var product = new List<List<Atom>>(results.Count * alternatives.Count);
            foreach (var result in results)
            {
                foreach (var alternative in alternatives)
                {
                    Count(result.Count + alternative.Count);
                    product.Add([.. result, .. alternative]);
                }
            }

            results = product;
        }

        return results;
    }

    private void Count(int atoms)
    {
        _produced += atoms;
        _tooMuch |= _produced > MaxAtoms + _atoms.Count;
    }

    private List<List<Atom>>? Alternatives(int open, int close, int depth)
    {
        List<List<Atom>>? results = null;
        var start = open + 1;
        for (var at = open + 1; at < close; at++)
        {
            if (_atoms[at].Character == '{' && _match[at] > 0)
            {
                at = _match[at];
            }
            else if (_atoms[at].Character == ',')
            {
                (results ??= []).AddRange(Range(start, at, depth + 1));
                start = at + 1;
            }
        }

        if (results is null)
        {
            return Sequence(open + 1, close);
        }

        results.AddRange(Range(start, close, depth + 1));
        return results;
    }

    private List<List<Atom>>? Sequence(int from, int to)
    {
        if (to - from > BraceSequence.Longest)
        {
            return null;
        }

        var text = new StringBuilder();
        for (var at = from; at < to; at++)
        {
            if (_atoms[at].Part is not null)
            {
                return null;
            }

            text.Append(_atoms[at].Character);
        }

        var items = BraceSequence.Of(text.ToString(), MaxWords, out var tooMany);
        _tooMuch |= tooMany;
        return items?.ConvertAll(static item => item.Select(static c => new Atom(c, null)).ToList());
    }

    private static List<WordPart> ToParts(List<Atom> atoms)
    {
        var parts = new List<WordPart>();
        var text = new StringBuilder();
        foreach (var atom in atoms)
        {
            if (atom.Part is null)
            {
                text.Append(atom.Character);
                continue;
            }

            Flush();
            parts.Add(atom.Part);
        }

        Flush();
        return parts;

        void Flush()
        {
            if (text.Length > 0)
            {
                parts.Add(new LiteralPart(0, 0, text.ToString()));
                text.Clear();
            }
        }
    }
}
