using System.Collections;
using Lighthouse.Engine.Commands.Effects;

namespace Lighthouse.Engine.Commands.Resolution;

/// <summary><c>$1</c> and following: a part of a list that nobody changes, so that a <c>shift</c> copies none of it.</summary>
internal sealed class Parameters(IReadOnlyList<Word> words, int first) : IReadOnlyList<Word>
{
    private readonly int _first = Math.Min(first, words.Count);

    public int Count => words.Count - _first;
    public Word this[int index] => words[_first + index];

    public Parameters Shifted(int count) => new(words, _first + count);

    public IEnumerator<Word> GetEnumerator()
    {
        for (var i = _first; i < words.Count; i++)
        {
            yield return words[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
