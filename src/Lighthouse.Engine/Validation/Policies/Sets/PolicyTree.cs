using System.Text.Json;

namespace Lighthouse.Engine.Validation.Policies.Sets;

/// <summary>What is read from the syntax tree of one policy: its annotations, its scope, and which parts of a request it looks at.</summary>
internal sealed class PolicyTree
{
    // Of the principal this much is in the scope of every remembered verdict anyway.
    private const string SharedPrincipalAttribute = "profile";

    private static readonly string[] TimeAttributes = ["hour", "weekday"];

    private readonly JsonElement _tree;
    private readonly SortedSet<string> _attributes = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _literals = new(StringComparer.Ordinal);
    private bool _wholeContext;

    public PolicyTree(JsonElement tree)
    {
        _tree = tree;
        IsPermit = tree.GetProperty("effect").GetString() == "permit";
        NamesAgents = Narrows(tree.GetProperty("principal"));
        foreach (var condition in tree.GetProperty("conditions").EnumerateArray())
        {
            Walk(condition.GetProperty("body"));
        }
    }

    public bool IsPermit { get; }

    public bool NamesAgents { get; private set; }

    /// <summary>Reads an effect, or one tool's name: nothing else limits what a permit lets happen.</summary>
    public bool SaysWhatIsDone => _wholeContext || _attributes.Overlaps(["effects", "acts", "tool", "mcpTool", "command"]);

    public bool UsesTime => _wholeContext || _attributes.Overlaps(TimeAttributes);

    /// <summary>Null where the context is used as a whole.</summary>
    public IReadOnlyCollection<string>? Attributes => _wholeContext ? null : _attributes;

    /// <summary>Every text that a condition compares with.</summary>
    public IReadOnlyCollection<string> Literals => _literals;

    public IEnumerable<(string Name, string Value)> Annotations =>
        _tree.TryGetProperty("annotations", out var annotations)
            ? annotations.EnumerateObject().Select(static one => (one.Name, one.Value.GetString() ?? ""))
            : [];

    /// <summary>The actions of the scope; empty for all.</summary>
    public IReadOnlyList<string> Actions()
    {
        var action = _tree.GetProperty("action");
        return action.GetProperty("op").GetString() == "All" ? []
            : action.TryGetProperty("entity", out var one) ? [IdOf(one)]
            : [.. action.GetProperty("entities").EnumerateArray().Select(IdOf)];
    }

    private static string IdOf(JsonElement entity) =>
        (entity.TryGetProperty("__entity", out var inner) ? inner : entity).GetProperty("id").GetString()!;

    // `principal is Agent` fits every agent; anything else picks some.
    private static bool Narrows(JsonElement principal) =>
        principal.GetProperty("op").GetString() switch { "All" => false, "is" => principal.TryGetProperty("in", out _), _ => true };

    private void Walk(JsonElement node)
    {
        switch (node.ValueKind)
        {
            case JsonValueKind.Array:
                foreach (var child in node.EnumerateArray())
                {
                    Walk(child);
                }

                break;
            case JsonValueKind.Object:
                foreach (var property in node.EnumerateObject())
                {
                    WalkProperty(property);
                }

                break;
            default:
                break;
        }
    }

    private void WalkProperty(JsonProperty property)
    {
        switch (property.Name)
        {
            case "." or "has" when Variable(property.Value) is { } variable && AttributeOf(property.Value) is { } attribute:
                Use(variable, attribute);
                break;
            // A record may have a key of any name, also of one of the tree's own words.
            case "Record":
                foreach (var member in property.Value.EnumerateObject())
                {
                    Walk(member.Value);
                }

                break;
            case "Var" when property.Value.ValueKind == JsonValueKind.String:
                Use(property.Value.GetString()!, attribute: null);
                break;
            case "Value" when property.Value.ValueKind == JsonValueKind.String:
                _literals.Add(property.Value.GetString()!);

                break;
            default:
                Walk(property.Value);
                break;
        }
    }

    private void Use(string variable, string? attribute)
    {
        if (variable == "principal")
        {
            NamesAgents |= attribute != SharedPrincipalAttribute;
        }
        else if (variable == "context")
        {
            _wholeContext |= attribute is null;
            if (attribute is not null)
            {
                _attributes.Add(attribute);
            }
        }
    }

    private static string? Variable(JsonElement access) =>
        access.ValueKind == JsonValueKind.Object && access.TryGetProperty("left", out var left) && left.ValueKind == JsonValueKind.Object
        && left.TryGetProperty("Var", out var variable) ? variable.GetString() : null;

    private static string? AttributeOf(JsonElement access) =>
        access.TryGetProperty("attr", out var name) && name.ValueKind == JsonValueKind.String ? name.GetString() : null;
}
