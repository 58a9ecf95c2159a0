using Lighthouse.Engine.Commands.Effects;
using Lighthouse.Engine.Commands.Syntax;

namespace Lighthouse.Engine.Commands.Resolution;

/// <summary>What an expansion needs to know, and what it finds out on the way.</summary>
internal sealed class Expansion(Frame frame, ShellState state, Input input)
{
    public Frame Frame => frame;
    public ShellState State => state;
    public Input Input => input;

    /// <summary>Take the default of <c>${x:-default}</c> where x may or may not be set.</summary>
    public bool PreferDefaults { get; init; }

    /// <summary>What <c>${name:=value}</c> assigned.</summary>
    public List<Assignment>? Assigned { get; set; }

    /// <summary>Bodies of <c>&gt;( )</c>: they read what the command writes.</summary>
    public List<ProcessPart>? Outputs { get; set; }

    public bool MetDefault { get; set; }
    public Origin Origin { get; set; }

    /// <summary>Why the expansion itself may run something that cannot be known.</summary>
    public string? Runs { get; set; }
}
