namespace Lighthouse.Engine.Commands.Syntax;

internal sealed class WordNode(int start, int end, List<WordPart> parts) : SyntaxNode(start, end)
{
    public List<WordPart> Parts => parts;

    /// <summary>The text of a word that is one unquoted literal, as reserved words and names are; else null.</summary>
    public string? Bare => parts is [LiteralPart literal] ? literal.Text : null;
}

internal abstract class WordPart(int start, int end) : SyntaxNode(start, end);

/// <summary>Plain characters; inside double quotes and here-documents they count as quoted.</summary>
internal sealed class LiteralPart(int start, int end, string text) : WordPart(start, end)
{
    public string Text => text;
}

/// <summary>Single quotes, <c>$'…'</c> (decoded) or one character after a backslash.</summary>
internal sealed class QuotedPart(int start, int end, string text) : WordPart(start, end)
{
    public string Text => text;
}

internal sealed class DoubleQuotedPart(int start, int end, List<WordPart> parts) : WordPart(start, end)
{
    public List<WordPart> Parts => parts;
}

internal sealed class ParameterPart(int start, int end, string name) : WordPart(start, end)
{
    public string Name => name;
    public bool Indirect { get; init; }
    public bool LengthOf { get; init; }
    public WordNode? Subscript { get; init; }

    /// <summary>Empty, or <c>:-</c> <c>-</c> <c>:=</c> <c>=</c> <c>:?</c> <c>?</c> <c>:+</c> <c>+</c> <c>#</c> <c>##</c> <c>%</c> <c>%%</c> <c>/</c> <c>//</c> <c>/#</c> <c>/%</c> <c>^</c> <c>^^</c> <c>,</c> <c>,,</c> <c>@</c> <c>:</c> <c>*</c> (names by prefix).</summary>
    public string Operator { get; init; } = "";
    public WordNode? Argument { get; init; }

    /// <summary>The replacement of <c>/</c>, the length of <c>:</c>.</summary>
    public WordNode? SecondArgument { get; init; }
}

internal sealed class CommandPart(int start, int end, ScriptNode body, Fragment? fragment) : WordPart(start, end)
{
    public ScriptNode Body => body;

    /// <summary>Set for backticks: the offsets of <see cref="Body"/> are inside it.</summary>
    public Fragment? Fragment => fragment;
}

internal sealed class ProcessPart(int start, int end, bool input, ScriptNode body) : WordPart(start, end)
{
    /// <summary><c>&lt;( )</c>, whose output is read; else <c>&gt;( )</c>.</summary>
    public bool Input => input;
    public ScriptNode Body => body;
}

internal sealed class ArithmeticPart(int start, int end, List<WordPart> parts) : WordPart(start, end)
{
    public List<WordPart> Parts => parts;
}

/// <summary><c>@(a|b)</c> and its kind. <see cref="Parts"/> are what stands between the parentheses.</summary>
internal sealed class ExtendedGlobPart(int start, int end, char kind, List<WordPart> parts) : WordPart(start, end)
{
    public char Kind => kind;
    public List<WordPart> Parts => parts;
}

internal sealed class AssignmentNode(int start, int end, string name, bool append, WordNode value) : SyntaxNode(start, end)
{
    public string Name => name;
    public bool Append => append;
    public WordNode Value => value;
    public WordNode? Subscript { get; init; }

    /// <summary>The elements of <c>name=( … )</c>; <see cref="Value"/> is then empty.</summary>
    public List<WordNode>? Elements { get; init; }
}

internal sealed class RedirectionNode(int start, int end, string op, int? descriptor, WordNode target) : SyntaxNode(start, end)
{
    public string Operator => op;
    public int? Descriptor => descriptor;

    /// <summary>The name in <c>{name}&gt;file</c>.</summary>
    public string? DescriptorName { get; init; }
    public WordNode Target => target;
    public HereDocument? Document { get; init; }
}

/// <summary>Filled when the parser reaches the line after the operator.</summary>
internal sealed class HereDocument(string delimiter, bool quoted, bool stripTabs)
{
    public string Delimiter => delimiter;
    public bool Quoted => quoted;
    public bool StripTabs => stripTabs;
    public Fragment? Body { get; set; }

    /// <summary>The body's parts, in offsets of <see cref="Body"/>; one literal when quoted.</summary>
    public List<WordPart> Parts { get; set; } = [];
}
