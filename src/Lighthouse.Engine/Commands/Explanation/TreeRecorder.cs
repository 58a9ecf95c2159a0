using Lighthouse.Contracts;
using Lighthouse.Engine.Commands.Contracts;
using Lighthouse.Engine.Commands.Effects;

namespace Lighthouse.Engine.Commands.Explanation;

/// <summary>
/// Follows the one walk that judges a command and notes where it is when an effect is found. It only listens: there is no second reading
/// of the command that could say something else than the verdict.
/// </summary>
internal sealed class TreeRecorder
{
    /// <summary>Deeper constructs are shown with the node above them: a payload has two levels of JSON for each.</summary>
    public const int MaxDepth = 20;

    /// <summary>Nobody reads more, and each is stored with a decision that asks or denies.</summary>
    public const int MaxNodes = 240;

    // For pieces that do something and stand behind too many others: padding must not hide what decides.
    private const int Reserve = 80;

    private const int MaxWords = 8_192;
    private const int MaxHeld = 1 << 20;
    private const int MaxWord = 160;
    private const int MaxWordsOfNode = 24;

    private readonly DraftNode _root;
    private readonly Dictionary<EffectUse, DraftNode> _owners = [];
    private readonly Dictionary<object, DraftNode> _marked = new(ReferenceEqualityComparer.Instance);
    private DraftNode _at;
    private int _nodes = 1;
    private int _held = MaxHeld;
    private bool _cut;

    public TreeRecorder(int length)
    {
        _root = new DraftNode(null, ActionKinds.Request, (0, length), (0, length), 0);
        _root.List();
        _at = _root;
    }

    /// <summary>The final list of effects, in the order of the analysis' parts.</summary>
    public IReadOnlyList<EffectUse> Uses { get; set; } = [];

    /// <param name="local">Tells nodes apart that share a span, because their text stands nowhere in the command.</param>
    /// <returns>Where the walk was before; to be handed to <see cref="Leave"/>.</returns>
    public DraftNode Enter(string kind, int start, int length, int local)
    {
        var outer = _at;
        var parent = Carrier(kind, start, start + length);
        var (from, to) = (start, start + length);
        if (kind == ActionKinds.HereDocument)
        {
            parent.Grow(from, Math.Min(to, _root.End));
        }

        // Words that a text brings along from elsewhere stand with the node that uses them.
        from = Math.Clamp(from, parent.Start, parent.End);
        to = Math.Clamp(to, from, parent.End);
        if (to == from)
        {
            (from, to) = (parent.Start, parent.End);
        }

        var entered = (start, start + length);
        _at = parent.Children.Find(child => child.Is(kind, entered, (from, to), local)) ?? Add(parent, kind, entered, (from, to), local);
        return outer;
    }

    /// <summary>Back to a node that was marked: the body of a function belongs to its definition, wherever it is called.</summary>
    public DraftNode Return(object mark)
    {
        var outer = _at;
        _at = _marked.GetValueOrDefault(mark, _at);
        return outer;
    }

    public void Mark(object mark) => _marked.TryAdd(mark, _at);

    public void Leave(DraftNode outer) => _at = outer;

    public void Note(EffectUse use) => _owners.TryAdd(use, _at);

    public void Say(string note) => _at.Note ??= Shorten(note);

    /// <summary>What the shell makes of the words, as long as there is room: text that a command builds may be endless.</summary>
    public void SayWords(List<Word> words)
    {
        var said = words.Take(MaxWordsOfNode).Select(static word => word.Text is { } text ? Shorten(text) : ShownWords.Unknown).ToList();
        if (words.Count > said.Count)
        {
            said.Add(ShownWords.Unknown);
        }

        if (_at.Words is { } before)
        {
            _at.Note ??= before.SequenceEqual(said) ? null : "runs again with other words";
        }
        else if ((_held -= said.Sum(static word => word.Length)) >= 0)
        {
            _at.Words = said;
        }
    }

    /// <summary>Each part stands with the node that found it first; what no node found (the sum of several parts) with the smallest that holds its span.</summary>
    public ActionNode Finish()
    {
        DraftNode[] owners = [.. Uses.Select(use => _owners.GetValueOrDefault(use) ?? Smallest(use))];
        var first = TreeRoom.MostTelling(Uses);
        foreach (var index in first)
        {
            if (!owners[index].IsListed && _nodes < MaxNodes)
            {
                _nodes++;
                owners[index].List();
            }
        }

        _root.Note = _cut ? "has more pieces than are shown: the rest is counted with what stands around it" : _root.Note;
        for (var i = 0; i < owners.Length; i++)
        {
            var owner = owners[i].Nearest();
            owner.Parts.Add(i);
            owner.Effects |= Uses[i].Effect;
        }

        TreeRoom.GiveWords(MaxWords, first.Select(index => owners[index].Nearest()), _root);
        return TreeShape.Of(_root);
    }

    private static string Shorten(string text) => ResolvedText.Out(text, MaxWord, "…");

    private DraftNode Carrier(string kind, int start, int end)
    {
        if (kind != ActionKinds.Script)
        {
            return _at;
        }

        // A script that a here-document carries stands in it, also where another command of the pipeline hands it on.
        var around = _at;
        while (around is { Kind: not ActionKinds.Pipeline, Parent: { } parent })
        {
            around = parent;
        }

        return Document(_at, start, end) ?? Document(around, start, end) ?? _at;
    }

    private static DraftNode? Document(DraftNode node, int start, int end)
    {
        foreach (var child in node.Children)
        {
            if (child.Kind == ActionKinds.HereDocument && child.Start == start && child.End == end)
            {
                return child;
            }

            if (child.Start <= start && end <= child.End && Document(child, start, end) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private DraftNode Add(DraftNode parent, string kind, (int, int) entered, (int, int) span, int local)
    {
        if (kind == ActionKinds.Group && parent.Kind == ActionKinds.Function)
        {
            return parent;
        }

        var node = new DraftNode(parent, kind, entered, span, local);
        if (_nodes >= MaxNodes - Reserve || parent.Depth >= MaxDepth)
        {
            _cut = true;
            return node;
        }

        _nodes++;
        node.List();
        return node;
    }

    private DraftNode Smallest(EffectUse use)
    {
        var node = _root;
        while (use.Length > 0 && node.Children.Find(child => child.Start <= use.Start && use.Start + use.Length <= child.End) is { } inner)
        {
            node = inner;
        }

        return node;
    }
}
