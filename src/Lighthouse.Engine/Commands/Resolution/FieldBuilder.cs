using System.Text;
using Lighthouse.Engine.Commands.Effects;

namespace Lighthouse.Engine.Commands.Resolution;

/// <summary>Collects the text of one word and splits it into fields where the shell would.</summary>
internal sealed class FieldBuilder
{
    private readonly StringBuilder _text = new();
    private List<Word>? _into;
    private string _raw = "";
    private int _start;
    private int _length;
    private bool _present;
    private bool _unknown;
    private string _prefix = "";
    private IReadOnlyList<Word>? _names;
    private bool _foreign;
    private int _bracket = -1;

    // Kept while every unknown part has a shape.
    private StringBuilder? _pattern;
    private StringBuilder? _example;
    private StringBuilder? _below;

    public bool HasGlob { get; set; }
    public bool IsEmpty => _text.Length == 0 && !_unknown;

    public void Begin(List<Word> into, string raw, int start, int length)
    {
        (_into, _raw, _start, _length) = (into, raw, start, length);
        Clear();
    }

    private void Clear()
    {
        _text.Clear();
        (_present, _unknown, _prefix, _bracket, HasGlob) = (false, false, "", -1, false);
        (_names, _foreign) = (null, false);
        (_pattern, _example, _below) = (null, null, null);
    }

    /// <summary>A quote was seen: the field exists even when it stays empty.</summary>
    public void Exist() => _present = true;

    public void Quoted(ReadOnlySpan<char> text)
    {
        _present = true;
        Add(text);
    }

    /// <summary>Unquoted characters: pattern characters count.</summary>
    public void Plain(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
        {
            return;
        }

        _present = true;
        foreach (var c in text)
        {
            switch (c)
            {
                case '*' or '?':
                    HasGlob = true;
                    break;
                case '[':
                    _bracket = 1;
                    break;
                case ']' when _bracket > 0:
                    HasGlob = true;
                    break;
            }
        }

        Add(text);
    }

    /// <param name="names">See <see cref="Word.Names"/>; kept while the word is nothing else.</param>
    /// <param name="foreign">See <see cref="Word.IsForeign"/>.</param>
    /// <param name="shape">See <see cref="Word.Shape"/>.</param>
    public void Unknown(string prefix = "", IReadOnlyList<Word>? names = null, bool foreign = false, TextShape? shape = null)
    {
        _foreign |= foreign;
        Shaped(shape);
        if (!_unknown)
        {
            // A variable that holds it hands it on, in each of a thousand statements: not copied where nothing comes before.
            if (_text.Length == 0 && prefix.Length <= Budget.MaxPrefix)
            {
                _names = prefix.Length == 0 ? names : null;
                _prefix = prefix;
            }
            else
            {
                _names = null;
                _text.Append(prefix);
                _prefix = _text.ToString(0, Math.Min(_text.Length, Budget.MaxPrefix));
            }

            _unknown = true;
        }
        else
        {
            _names = null;
        }

        _present = true;
    }

    // A known path below each of the names: "$root/src".
    private IReadOnlyList<Word>? NamesBelow()
    {
        if (_names is not { Count: > 0 } || _below is not { Length: > 0 } below)
        {
            return _names;
        }

        var path = below.ToString();
        return path[0] != '/' || path.Contains("..", StringComparison.Ordinal) ? null
            : [.. _names.Select(name => name with { Text = name.Text!.TrimEnd('/') + path, HasGlob = name.HasGlob || HasGlob })];
    }

    private void Shaped(TextShape? shape)
    {
        if (shape is null)
        {
            (_pattern, _example) = (null, null);
            return;
        }

        if (!_unknown && _text.Length < Budget.MaxPrefix)
        {
            (_pattern, _example) = (new StringBuilder(), HasGlob ? null : new StringBuilder());
            AddKnown(_text.ToString());
        }

        _pattern?.Append(shape.Pattern);
        _example = shape.Example is null ? null : _example?.Append(shape.Example);
    }

    // Quoted characters of a pattern only make it fit more, but for those that would begin a set.
    private void AddKnown(ReadOnlySpan<char> text)
    {
        _example?.Append(text);
        _pattern = text.IndexOfAny("[(\\") >= 0 ? null : _pattern?.Append(text);
        _example = _pattern is null ? null : _example;
    }

    /// <summary>The value of an unquoted expansion: blanks split it.</summary>
    public void Split(string text, string separators)
    {
        var at = 0;
        while (at < text.Length)
        {
            var next = separators.Length == 0 ? -1 : text.AsSpan(at).IndexOfAny(separators);
            var end = next < 0 ? text.Length : at + next;
            Plain(text.AsSpan(at, end - at));
            if (next < 0)
            {
                return;
            }

            Finish();
            at = end + 1;
        }
    }

    /// <summary>Ends the field, if there is one.</summary>
    public void Finish()
    {
        if (_present)
        {
            _into!.Add(Take());
        }

        Clear();
    }

    public Word Take() => _unknown
        ? new Word(null, _raw, _start, _length, HasGlob, _prefix) { IsForeign = _foreign, Names = NamesBelow(), Shape = _pattern is null ? null : new TextShape(_pattern.ToString(), HasGlob ? null : _example?.ToString()) }
        : new Word(_text.ToString(), _raw, _start, _length, HasGlob);

    private void Add(ReadOnlySpan<char> text)
    {
        if (!_unknown)
        {
            _names = text.IsEmpty ? _names : null;
            _text.Append(text);
            return;
        }

        _names = text.IsEmpty || _names is { Count: > 0 } ? _names : null;
        _below = _names is null ? null : (_below ?? new StringBuilder()).Append(text);
        if (_pattern is not null)
        {
            AddKnown(text);
        }
    }
}
