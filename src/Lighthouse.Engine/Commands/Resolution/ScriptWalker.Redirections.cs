using Lighthouse.Contracts;
using Lighthouse.Engine.Commands.Contracts;
using Lighthouse.Engine.Commands.Effects;
using Lighthouse.Engine.Commands.Syntax;

namespace Lighthouse.Engine.Commands.Resolution;

internal sealed partial class ScriptWalker
{
    private static readonly Redirected _none = new(default);

    private ActionPlace Here(ShellState state) =>
        state.WorkingDirectory == _here.WorkingDirectory && ReferenceEquals(state.PossibleDirectories, _here.PossibleDirectories) ? _here
        : _here = state.WorkingDirectory == _place.WorkingDirectory && state.PossibleDirectories.Count == 0 ? _place
            : _place with { WorkingDirectory = state.WorkingDirectory, PossibleDirectories = state.PossibleDirectories };

    private Redirected Redirect(List<RedirectionNode> nodes, Expansion expansion, Surroundings around, string? program)
    {
        var redirected = new Redirected(around.Input);
        var place = Here(around.State);
        foreach (var node in nodes)
        {
            var (start, length) = around.Frame.Map(node.Start, node.Length);
            var number = node.Descriptor;
            if (node.DescriptorName is { } name)
            {
                number = _descriptors.Name();
                around.State.Set(name, new Variable(number.Value.ToString()));
            }

            if (node.Document is { } document)
            {
                var (bodyStart, bodyLength) = around.Frame.Map(document.Body!.SourceStart, document.Body.SourceEnd - document.Body.SourceStart);
                using var body = Show(ActionKinds.HereDocument, bodyStart, bodyLength);
                RedirectDocument(node, document, expansion, redirected, start, length);
                continue;
            }

            using var shown = Show(ActionKinds.Redirection, node, around.Frame);
            var before = expansion.Origin;
            expansion.Origin = Origin.None;
            var target = _expander.ExpandOne(node.Target, expansion) with { Start = start, Length = length };
            var origin = expansion.Origin;
            expansion.Origin |= before;
            target = _links.Follow(around.State.WorkingDirectory, target);
            redirected.List.Add(new Redirection(node.Operator, node.Descriptor, target));
            switch (node.Operator)
            {
                case "<<<":
                    Feed(number, new Input(false, origin, InputText.Of(target.Text is { } here ? here + "\n" : null), start, length) { Shape = target.Shape is { } shape ? new OutputShape(shape) : null }, redirected);
                    break;
                case "<&" or ">&" when IsDescriptor(target) || (node.Operator == "<&" && target.Text is null):
                    Duplicate(node, number, target, origin, redirected);
                    break;
                default:
                    RedirectFile(node, number, target, origin, place, around.State.OtherDirectories, redirected, program);
                    break;
            }
        }

        return redirected;
    }

    // Judged once more, now that it is known what the command writes into them.
    private void FeedOutputs(Expansion expansion, Outcome outcome, Surroundings around, (int Start, int Length) span)
    {
        foreach (var process in expansion.Outputs ?? [])
        {
            if (_budget.Repeat(1))
            {
                RunSubstitution(process.Body, around.Frame, around.State.Fork(), new Input(true, outcome.Origin, InputText.Of(outcome.Output), span.Start, span.Length));
            }
        }
    }

    private void Feed(int? number, Input input, Redirected redirected)
    {
        if (number is null or 0)
        {
            redirected.Input = input;
        }
        else
        {
            _descriptors.Open(number.Value, new Opened(input.Origin, false, input.Known));
        }
    }

    private void Duplicate(RedirectionNode node, int? number, Word target, Origin origin, Redirected redirected)
    {
        var opened = _descriptors.Find(target.Text);
        if (opened is not null && number > 2)
        {
            _descriptors.Open(number.Value, opened);
        }

        redirected.ToNetwork |= opened?.ToNetwork == true;
        if (number is 0 || (number is null && node.Operator == "<&"))
        {
            redirected.Input = new Input(false, origin | (opened?.Origin ?? Origin.None), opened?.Text, target.Start, target.Length);
        }
    }

    private static bool IsDescriptor(Word target) =>
        target.Text is { Length: > 0 } text && text.AsSpan().TrimEnd('-').IndexOfAnyExceptInRange('0', '9') < 0;

    private void RedirectDocument(RedirectionNode node, HereDocument document, Expansion expansion, Redirected redirected, int start, int length)
    {
        var body = document.Body!;
        var (bodyStart, bodyLength) = expansion.Frame.Map(body.SourceStart, body.SourceEnd - body.SourceStart);
        Word text;
        if (document.Parts is [LiteralPart literal])
        {
            text = new Word(literal.Text, node.Operator, bodyStart, bodyLength);
        }
        else
        {
            var inner = new Expansion(expansion.Frame.Inner(body), expansion.State, expansion.Input) { PreferDefaults = expansion.PreferDefaults };
            text = _expander.ExpandParts(document.Parts, quoted: true, inner, node.Operator, bodyStart, bodyLength);
            expansion.Origin |= inner.Origin;
            expansion.Runs ??= inner.Runs;
        }

        Feed(node.Descriptor, new Input(false, expansion.Origin, InputText.Of(text.Text), bodyStart, bodyLength), redirected);

        redirected.List.Add(new Redirection("<<", node.Descriptor, text));
    }

    private void RedirectFile(RedirectionNode node, int? number, Word target, Origin origin, ActionPlace place, IReadOnlyList<string> elsewhere, Redirected redirected, string? program)
    {
        if (node.Operator is "<" or "<>")
        {
            var read = _places.Read(target, place, program);
            Note(read, redirected);
            origin |= read?.Effect switch
            {
                Effect.CredentialAccess => Origin.Secret,
                Effect.NetworkIn => Origin.Network,
                _ => Origin.None,
            };
            var written = target.Text is { } path ? _written.Find(place.WorkingDirectory, path) : null;
            origin |= written?.Origin ?? Origin.None;
            if (number is null or 0)
            {
                redirected.Input = new Input(false, origin, InputText.Of(written?.Text), target.Start, target.Length) { Listing = written?.Listing, Shape = written?.Shape };
            }
            else
            {
                _descriptors.Open(number.Value, new Opened(origin, false, InputText.Of(written?.Text)));
            }

            if (node.Operator == "<")
            {
                return;
            }
        }

        var write = _places.Write(target, place, program);
        Note(write, redirected);
        foreach (var directory in elsewhere)
        {
            if (_places.Write(target, place with { WorkingDirectory = directory }, program) is { } other && other.Risk > (write?.Risk ?? Risk.Low))
            {
                Note(other with { Why = other.Why + ", should the change of directory before it not work" }, redirected);
            }
        }

        var toNetwork = write?.Effect == Effect.NetworkOut;
        redirected.ToNetwork |= toNetwork;
        if (number > 2)
        {
            _descriptors.Open(number.Value, new Opened(toNetwork ? Origin.Network : origin, toNetwork, null));
        }

        if (number is null or 1 && node.Operator != "<>")
        {
            redirected.OutputKept = false;
            redirected.Outputs.Add(node.Operator is ">>" or "&>>" ? target with { HasGlob = true } : target);
        }
    }

    private void Note(EffectUse? use, Redirected redirected)
    {
        if (use is not null)
        {
            Add(use);
            redirected.Effects |= use.Effect;
        }
    }

    /// <summary>Remembers what went into files, and says so when a secret went out.</summary>
    private void Keep(Outcome outcome, Redirected redirected, (int Start, int Length) span, Surroundings around)
    {
        foreach (var output in redirected.Outputs)
        {
            if (output.Text is { } path)
            {
                _written.Add(around.State.WorkingDirectory, path, new WrittenFile(outcome.Origin, output.HasGlob ? null : outcome.Output));
            }
        }

        if (redirected.ToNetwork && (outcome.Origin & (Origin.Secret | Origin.Environment)) != 0)
        {
            Add(new EffectUse(Effect.NetworkOut, Place.Network, null, Risk.Critical, "sends a secret over the network", span.Start, span.Length, null));
        }
    }
}
