using System.Text;

namespace Lighthouse.Engine.Commands.Resolution;

/// <summary>Outcomes of commands that run one after the other, as <see cref="Outcome.Then"/> adds them; their output is put together once, at the end.</summary>
internal struct OutcomeSequence(Outcome first)
{
    private Outcome _sum = first;
    private StringBuilder? _output;

    public void Then(Outcome next)
    {
        if (_output is null && (_sum.Output is not { Length: > 0 } || next.Output is not { Length: > 0 }))
        {
            _sum = _sum.Then(next);
            return;
        }

        var output = _output ?? new StringBuilder(_sum.Output);
        _sum = new Outcome(_sum.Effects | next.Effects, _sum.Origin | next.Origin, null);
        _output = next.Output is { } text && output.Length + text.Length <= Budget.MaxText ? output.Append(text) : null;
    }

    public void ForgetOutput() => (_sum, _output) = (_sum with { Output = null }, null);

    public readonly Outcome Whole() => _output is null ? _sum : _sum with { Output = _output.ToString() };
}
