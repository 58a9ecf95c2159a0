using Lighthouse.Engine.Commands.Effects;

namespace Lighthouse.Engine.Commands.Resolution;

/// <summary>What the redirections of one command come to.</summary>
internal sealed class Redirected(Input input)
{
    public Input Input { get; set; } = input;
    public Effect Effects { get; set; }
    public List<Redirection> List { get; } = [];

    /// <summary>Files that standard output goes to.</summary>
    public List<Word> Outputs { get; } = [];
    public bool OutputKept { get; set; } = true;
    public bool ToNetwork { get; set; }
}
