namespace Lighthouse.Engine.Commands.Resolution;

/// <summary>
/// Bounds the work of one analysis, whatever the text makes of loops, functions, <c>eval</c> and growing variables.
/// Text that would be too long counts as unknown; running out of steps makes the analysis incomplete.
/// </summary>
internal sealed class Budget
{
    public const int MaxText = 16_384;
    public const int MaxNesting = 24;

    /// <summary>Commands within commands, whatever put them there: groups, substitutions, texts, functions. Each level costs stack.</summary>
    public const int MaxDepth = 256;

    /// <summary>Of the known beginning of an unknown text: no path that a system opens is longer.</summary>
    public const int MaxPrefix = 4_096;
    private const int MaxSteps = 12_000;
    private const int MaxRepeats = 512;
    private const int MaxExpanded = 524_288;
    private const int MaxReparsed = 262_144;
    private int _steps;
    private int _repeats;
    private int _expanded;
    private int _reparsed;

    public string? Exceeded { get; private set; }

    public bool Step()
    {
        if (++_steps > MaxSteps)
        {
            Exceeded ??= "the command has too many steps to follow";
        }

        return Exceeded is null;
    }

    /// <summary>True while loops may still be followed value by value and functions call by call.</summary>
    public bool Repeat(int times)
    {
        if (_repeats + times > MaxRepeats)
        {
            return false;
        }

        _repeats += times;
        return true;
    }

    public bool MayExpand => _expanded <= MaxExpanded;

    // Each piece costs something beyond its characters.
    public bool Expand(int characters)
    {
        if (MayExpand)
        {
            _expanded += characters + 16;
        }

        return MayExpand;
    }

    public bool Reparse(int characters)
    {
        _reparsed += characters;
        if (_reparsed > MaxReparsed)
        {
            Exceeded ??= "the command builds too much text that is run again";
        }

        return Exceeded is null;
    }

    public void Fail(string problem) => Exceeded ??= problem;
}
