namespace Lighthouse.Contracts;

/// <summary>Why a request was asked about or denied: one part of its analysis, and the rule that made this verdict of it.</summary>
public sealed record DecidingFact
{
    /// <summary>One of <see cref="Analysis.Parts"/>, as it stands there.</summary>
    public required ActionPart Part { get; init; }

    /// <summary><c>profile:rule</c>, or the id of a policy that fits this part alone. Where a policy is about the whole action there is no fact, and the decision names the policy.</summary>
    public required string Rule { get; init; }

    /// <summary>What the rule says about it, in plain words.</summary>
    public string Because { get; init; } = "";
}

/// <summary>
/// A piece of a command in the order in which a shell would run it. Each part of the analysis belongs to exactly one node; the span of a
/// node lies inside the span of its parent.
/// </summary>
public sealed record ActionNode
{
    /// <summary>A word of <see cref="ActionKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>UTF-16 offset into the command text. What stands only in a text that the command builds has the span of the words that carry it.</summary>
    public int Start { get; init; }
    public int Length { get; init; }

    /// <summary>What the shell makes of the words, where that is not what is written: <c>r''m</c> is <c>rm</c>. A word that cannot be known is <c>…</c>, and so is the rest of too many.</summary>
    public IReadOnlyList<string>? Words { get; init; }

    /// <summary>What the text alone does not say: which function is called, which field of the input this is.</summary>
    public string? Note { get; init; }

    /// <summary>Effects of the node itself, not of its children; names from <see cref="EffectNames"/>.</summary>
    public IReadOnlyList<string> Effects { get; init; } = [];

    /// <summary>Indexes into <see cref="Analysis.Parts"/> of the facts that are the node's own.</summary>
    public IReadOnlyList<int> Parts { get; init; } = [];
    public IReadOnlyList<ActionNode> Children { get; init; } = [];
}

/// <summary>Kinds of nodes.</summary>
public static class ActionKinds
{
    /// <summary>The whole request: a command line, or the call of another tool.</summary>
    public const string Request = "request";
    public const string List = "list";
    public const string Pipeline = "pipeline";
    public const string Subshell = "subshell";
    public const string Group = "group";
    public const string If = "if";
    public const string While = "while";
    public const string Until = "until";
    public const string For = "for";
    public const string Select = "select";
    public const string Case = "case";
    public const string Function = "function";
    public const string Condition = "condition";
    public const string Arithmetic = "arithmetic";
    public const string Coprocess = "coprocess";
    public const string Command = "command";
    public const string Assignment = "assignment";
    public const string Redirection = "redirection";
    public const string HereDocument = "here-document";
    public const string Substitution = "substitution";

    /// <summary>A command that another one runs: what follows <c>sudo</c>, <c>xargs</c> or <c>find -exec</c>.</summary>
    public const string Wrapped = "wrapped";

    /// <summary>Text that is run as a script: after <c>sh -c</c> or <c>eval</c>, on a shell's input, behind an alias.</summary>
    public const string Script = "script";

    /// <summary>A stretch of the text with what was recorded about it, where the tree around it was not kept.</summary>
    public const string Part = "part";

    /// <summary>A property of a tool's input: a path, an address, a patch.</summary>
    public const string Field = "field";
}
