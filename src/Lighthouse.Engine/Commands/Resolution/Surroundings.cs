namespace Lighthouse.Engine.Commands.Resolution;

/// <summary>Where a command stands: the text, the state of its shell, its input, and whether it runs beside others.</summary>
internal readonly record struct Surroundings(Frame Frame, ShellState State, Input Input, bool Repeats);
