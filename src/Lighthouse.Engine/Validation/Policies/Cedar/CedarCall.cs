using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Lighthouse.Engine.Validation.Policies.Sets;

namespace Lighthouse.Engine.Validation.Policies.Cedar;

/// <summary>
/// Writes a request as the engine wants it: principal, action, resource and of the context only what some policy reads. The entities go
/// without a schema: policies were checked against it, and checking each request would double the cost.
/// </summary>
internal static class CedarCall
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static byte[] Write(RequestFacts facts, CompiledPolicySet set, string preparsed = CedarSession.Whole)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            Entity(json, "principal", "Agent", facts.AgentId);
            Entity(json, "action", "Action", facts.Action);
            Entity(json, "resource", "Workspace", facts.WorkspaceRoot);
            json.WriteStartObject("context");
            foreach (var attribute in set.Attributes)
            {
                Attribute(json, facts, set, attribute);
            }

            json.WriteEndObject();
            json.WriteString("preparsedPolicySetId", preparsed);
            Entities(json, facts);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void Attribute(Utf8JsonWriter json, RequestFacts facts, CompiledPolicySet set, string name)
    {
        switch (name)
        {
            case "tool": json.WriteString(name, facts.Tool); break;
            case "mcpServer": json.WriteString(name, facts.Mcp.Server); break;
            case "mcpTool": json.WriteString(name, facts.Mcp.Tool); break;
            case "workingDirectory": json.WriteString(name, facts.WorkingDirectory); break;
            case "command": json.WriteString(name, facts.Command); break;
            case "complete": json.WriteBoolean(name, facts.Analysis.Complete); break;
            case "risk": json.WriteNumber(name, (int)facts.Analysis.Risk); break;
            case "effects": Set(json, name, facts.Effects); break;
            case "places": Set(json, name, facts.Places); break;
            case "acts": Set(json, name, facts.Acts); break;
            case "programs": Set(json, name, facts.Analysis.Programs); break;
            case "paths": Set(json, name, facts.Paths(set.Literals)); break;
            case "changes": Set(json, name, facts.Changes(set.Literals)); break;
            case "within": Set(json, name, facts.Within()); break;
            case "fileNames": Set(json, name, facts.FileNames(set.Literals)); break;
            case "extensions": Set(json, name, facts.Extensions(set.Literals)); break;
            case "hosts": Set(json, name, facts.Hosts()); break;
            case "hour": json.WriteNumber(name, facts.LocalTime.Hour); break;
            case "weekday": json.WriteString(name, facts.LocalTime.DayOfWeek.ToString().ToLowerInvariant()); break;
            default: throw new CedarException($"A policy reads '{name}', which this version does not know.");
        }
    }

    private static void Set(Utf8JsonWriter json, string name, IEnumerable<string> words)
    {
        json.WriteStartArray(name);
        foreach (var word in words)
        {
            json.WriteStringValue(word);
        }

        json.WriteEndArray();
    }

    private static void Entities(Utf8JsonWriter json, RequestFacts facts)
    {
        json.WriteStartArray("entities");
        json.WriteStartObject();
        Entity(json, "uid", "Agent", facts.AgentId);
        json.WriteStartObject("attrs");
        json.WriteString("name", facts.AgentName);
        json.WriteString("owner", facts.Owner);
        json.WriteString("profile", facts.Profile);
        json.WriteEndObject();
        json.WriteStartArray("parents");
        Reference(json, "Group", "owner:" + facts.Owner);
        Reference(json, "Group", "profile:" + facts.Profile);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartObject();
        Entity(json, "uid", "Workspace", facts.WorkspaceRoot);
        json.WriteStartObject("attrs");
        json.WriteString("root", facts.WorkspaceRoot);
        json.WriteEndObject();
        json.WriteStartArray("parents");
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void Entity(Utf8JsonWriter json, string property, string type, string id)
    {
        json.WritePropertyName(property);
        Reference(json, type, id);
    }

    private static void Reference(Utf8JsonWriter json, string type, string id)
    {
        json.WriteStartObject();
        json.WriteString("type", type);
        json.WriteString("id", id);
        json.WriteEndObject();
    }
}
