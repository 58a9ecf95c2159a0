using System.Globalization;
using System.Reflection;
using System.Text;
using Lighthouse.Engine.Validation.Contracts;
using Lighthouse.Engine.Validation.Policies.Cedar;

namespace Lighthouse.Engine.Validation.Policies.Sets;

/// <summary>Turns policy text into a set, or says where it is wrong. Schema, syntax and types are Cedar's own judgement.</summary>
internal static class PolicyCompiler
{
    public static string Schema { get; } = ReadSchema();

    // What the schema names, for a policy that uses the context as a whole.
    private static readonly string[] AllAttributes =
    [
        "acts", "changes", "command", "complete", "effects", "extensions", "fileNames", "hosts", "hour", "mcpServer", "mcpTool", "paths",
        "places", "programs", "risk", "tool", "weekday", "within", "workingDirectory",
    ];

    /// <returns>The set, null where there is an error.</returns>
    public static CompiledPolicySet? Compile(CedarSession session, string text, List<PolicyDiagnostic> diagnostics, CheckDeadline deadline)
    {
        if (Encoding.UTF8.GetByteCount(text) > PolicySetLimits.TextBytes)
        {
            diagnostics.Add(new PolicyDiagnostic(PolicySeverity.Error, $"The text is longer than {PolicySetLimits.TextBytes / 1024} kB."));
            return null;
        }

        var places = new PolicyText(text);
        var validation = session.Validate(text, Schema);
        foreach (var error in validation.Errors ?? [])
        {
            diagnostics.Add(Diagnostic(places, PolicySeverity.Error, error, policy: null));
        }

        if (validation.Type != "success")
        {
            return null;
        }

        var parts = Split(session, text, diagnostics);
        if (parts is null)
        {
            return null;
        }

        var policies = new List<CompiledPolicy>(parts.Count);
        var trees = new List<PolicyTree>(parts.Count);
        var byDefaultId = new Dictionary<string, string>(StringComparer.Ordinal);
        var from = 0;
        foreach (var (defaultId, part) in parts)
        {
            deadline.Ensure();
            var start = text.IndexOf(part, from, StringComparison.Ordinal);
            from = start < 0 ? from : start + part.Length;
            var tree = new PolicyTree(session.Tree(part));
            var annotations = new PolicyAnnotations(tree);
            var id = annotations.Id ?? defaultId;
            byDefaultId[defaultId] = id;
            foreach (var (annotation, message) in annotations.Errors)
            {
                diagnostics.Add(At(places, text.IndexOf("@" + annotation, Math.Max(0, start), StringComparison.Ordinal), annotation.Length + 1, message, id));
            }

            if (policies.Any(other => other.Id == id))
            {
                diagnostics.Add(At(places, start, 0, $"Two policies have the id '{id}'.", id));
            }

            if (annotations.Effect == PolicyEffect.Permit && !tree.SaysWhatIsDone)
            {
                diagnostics.Add(At(places, start, 0,
                    "This permit says nothing about what is done: it lifts whatever the profile would ask about. Name the effects, as in [\"read\", \"package-install\"].containsAll(context.effects).", id)
                    with { Severity = PolicySeverity.Warning });
            }

            trees.Add(tree);
            policies.Add(new CompiledPolicy
            {
                Id = id,
                Text = part,
                Effect = annotations.Effect,
                Reason = annotations.Reason,
                Terms = annotations.Terms,
                Actions = tree.Actions(),
                NamesAgents = tree.NamesAgents,
                UsesTime = tree.UsesTime,
                Line = start < 0 ? 0 : places.At(start).Line,
            });
        }

        AddFindings(validation, places, byDefaultId, diagnostics);
        return diagnostics.Any(static one => one.Severity == PolicySeverity.Error)
            ? null
            : new CompiledPolicySet(policies, AttributesOf(trees), [.. trees.SelectMany(static tree => tree.Literals).Distinct()]);
    }

    private static List<(string DefaultId, string Text)>? Split(CedarSession session, string text, List<PolicyDiagnostic> diagnostics)
    {
        var parts = session.Parts(text);
        if (parts.Templates is { Count: > 0 })
        {
            diagnostics.Add(new PolicyDiagnostic(PolicySeverity.Error, "Templates (?principal, ?resource) are not supported: write the policy out."));
            return null;
        }

        var texts = parts.Policies ?? [];
        if (texts.Count > PolicySetLimits.Policies)
        {
            diagnostics.Add(new PolicyDiagnostic(PolicySeverity.Error, $"A set has at most {PolicySetLimits.Policies} policies; this one has {texts.Count:N0}."));
            return null;
        }

        // The parts come sorted by "policy0", "policy1", "policy10", …: back to the order of the text.
        var ids = Enumerable.Range(0, texts.Count).Select(static i => "policy" + i.ToString(CultureInfo.InvariantCulture)).ToArray();
        return [.. ids.Order(StringComparer.Ordinal).Zip(texts).OrderBy(static pair => int.Parse(pair.First.AsSpan("policy".Length), CultureInfo.InvariantCulture))];
    }

    private static void AddFindings(CedarValidation validation, PolicyText places, Dictionary<string, string> byDefaultId, List<PolicyDiagnostic> diagnostics)
    {
        foreach (var (found, severity) in (validation.ValidationErrors ?? []).Select(static one => (one, PolicySeverity.Error))
            .Concat((validation.ValidationWarnings ?? []).Select(static one => (one, PolicySeverity.Warning))))
        {
            var id = byDefaultId.GetValueOrDefault(found.PolicyId, found.PolicyId);
            var error = found.Error with { Message = found.Error.Message.Replace($"for policy `{found.PolicyId}`, ", "", StringComparison.Ordinal) };
            var one = Diagnostic(places, severity, error, id);
            // The same mistake is found once per action that the policy could apply to.
            if (!diagnostics.Any(other => other.Line == one.Line && other.Column == one.Column && other.Severity == severity))
            {
                diagnostics.Add(one);
            }
        }
    }

    private static string[] AttributesOf(List<PolicyTree> trees) =>
        trees.Any(static tree => tree.Attributes is null)
            ? AllAttributes
            : [.. trees.SelectMany(static tree => tree.Attributes!).Distinct().Order(StringComparer.Ordinal)];

    private static PolicyDiagnostic Diagnostic(PolicyText places, PolicySeverity severity, CedarError error, string? policy)
    {
        if (error.SourceLocations is not [var location, ..])
        {
            return new PolicyDiagnostic(severity, error.Message, Policy: policy, Hint: error.Help);
        }

        var (start, end) = (places.FromBytes(location.Start), places.FromBytes(location.End));
        var (line, column) = places.At(start);
        return new PolicyDiagnostic(severity, error.Message, line, column, Math.Max(0, end - start), policy, Hint: error.Help);
    }

    private static PolicyDiagnostic At(PolicyText places, int offset, int length, string message, string policy)
    {
        var (line, column) = places.At(offset);
        return offset < 0
            ? new PolicyDiagnostic(PolicySeverity.Error, message, Policy: policy)
            : new PolicyDiagnostic(PolicySeverity.Error, message, line, column, length, policy);
    }

    private static string ReadSchema()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Lighthouse.Engine.Validation.Policies.Cedar.lighthouse.cedarschema")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
