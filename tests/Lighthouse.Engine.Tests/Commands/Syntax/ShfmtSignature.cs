using System.Text;
using System.Text.Json;
using Lighthouse.Engine.Commands.Syntax;

namespace Lighthouse.Engine.Tests.Commands.Syntax;

/// <summary>The same lines as <see cref="TreeSignature"/>, from what <c>shfmt -tojson</c> prints.</summary>
internal sealed class ShfmtSignature
{
    private static readonly Dictionary<int, string> _redirections = new()
    {
        [54] = ">", [55] = ">>", [56] = "<", [57] = "<>", [58] = "<&", [59] = ">&", [60] = ">|", [61] = "<<", [62] = "<<-", [63] = "<<<", [64] = "&>", [65] = "&>>",
    };

    private readonly List<string> _lines = [];

    public static string Of(string json)
    {
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 512 });
        var signature = new ShfmtSignature();
        signature.Statements(document.RootElement);
        return string.Join('\n', signature._lines);
    }

    private void Statements(JsonElement owner, string name = "Stmts")
    {
        foreach (var statement in List(owner, name))
        {
            Statement(statement);
        }
    }

    private void Statement(JsonElement statement)
    {
        var redirections = List(statement, "Redirs").ToList();
        if (Get(statement, "Cmd") is not { } command)
        {
            _lines.Add("run ");
            redirections.ForEach(Redirection);
            redirections.ForEach(redirection => Nested(redirection));
        }
        else if (Type(command) is "BinaryCmd" or "TimeClause")
        {
            Command(command);
        }
        else
        {
            _lines.Add(Header(command));
            redirections.ForEach(Redirection);
            Command(command);
            redirections.ForEach(redirection => Nested(redirection));
        }

        if (Flag(statement, "Background"))
        {
            _lines.Add("&");
        }
    }

    private void Redirection(JsonElement redirection) =>
        _lines.Add($"redirect {Value(redirection, "N")}{_redirections.GetValueOrDefault(redirection.GetProperty("Op").GetInt32(), "?")} {Word(Get(redirection, "Word"))}");

    private static string Header(JsonElement command) => Type(command) switch
    {
        "CallExpr" => "run " + string.Join('|', List(command, "Assigns").Select(Assignment).Concat(List(command, "Args").Select(word => Word(word)))),
        "DeclClause" => "run " + string.Join('|', List(command, "Args").Select(Assignment).Prepend(Value(command, "Variant"))),
        "Subshell" => "(",
        "Block" => "{",
        "IfClause" => "if",
        "WhileClause" => Flag(command, "Until") ? "until" : "while",
        "ForClause" => Get(command, "Loop") is { } loop && Type(loop) == "WordIter"
            ? $"for {Value(loop, "Name")} {string.Join('|', List(loop, "Items").Select(word => Word(word)))}"
            : "for ((",
        "CaseClause" => $"case {Word(Get(command, "Word"))} {string.Join('|', List(command, "Items").SelectMany(item => List(item, "Patterns")).Select(word => Word(word)))}",
        "FuncDecl" => "function " + Value(command, "Name"),
        "TestClause" => "[[",
        "ArithmCmd" => "((",
        "CoprocClause" => "coproc",
        var other => "? " + other,
    };

    private static string Assignment(JsonElement node)
    {
        var name = Value(node, "Name");
        if (Flag(node, "Naked"))
        {
            return name.Length > 0 ? name : Word(Get(node, "Value"));
        }

        var value = Get(node, "Array") is { } array
            ? "(" + string.Join('|', List(array, "Elems").Select(element => Word(Get(element, "Value")))) + ")"
            : Word(Get(node, "Value"));
        return $"{name}{(Get(node, "Index") is null ? "" : "[]")}{(Flag(node, "Append") ? "+=" : "=")}{value}";
    }

    private void Command(JsonElement command)
    {
        switch (Type(command))
        {
            case "BinaryCmd":
                Statement(command.GetProperty("X"));
                _lines.Add(command.GetProperty("Op").GetInt32() switch { 10 => "&&", 11 => "||", _ => "|" });
                Statement(command.GetProperty("Y"));
                break;
            case "TimeClause" when Get(command, "Stmt") is null:
                _lines.Add("run ");
                break;
            case "TimeClause" or "CoprocClause":
                Statement(command.GetProperty("Stmt"));
                break;
            case "FuncDecl":
                Statement(command.GetProperty("Body"));
                break;
            case "Subshell" or "Block":
                Statements(command);
                break;
            case "IfClause":
                If(command);
                break;
            case "WhileClause":
                Statements(command, "Cond");
                Statements(command, "Do");
                break;
            case "ForClause":
                Nested(command.GetProperty("Loop"));
                Statements(command, "Do");
                break;
            case "CaseClause":
                Nested(command.GetProperty("Word"));
                foreach (var item in List(command, "Items"))
                {
                    List(item, "Patterns").ToList().ForEach(Nested);
                    Statements(item);
                }

                break;
            default:
                Nested(command);
                break;
        }
    }

    private void If(JsonElement clause)
    {
        Statements(clause, "Cond");
        Statements(clause, "Then");
        if (Get(clause, "Else") is { } other)
        {
            if (List(other, "Cond").Any())
            {
                If(other);
            }
            else
            {
                Statements(other, "Then");
            }
        }
    }

    // Substitutions, wherever they stand below.
    private void Nested(JsonElement node)
    {
        if (node.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in node.EnumerateArray())
            {
                Nested(item);
            }
        }
        else if (node.ValueKind == JsonValueKind.Object)
        {
            if (Type(node) is "CmdSubst" or "ProcSubst")
            {
                Statements(node);
                return;
            }

            foreach (var property in node.EnumerateObject())
            {
                Nested(property.Value);
            }
        }
    }

    private static string Word(JsonElement? word, bool quoted = false)
    {
        var text = new StringBuilder();
        foreach (var part in word is { } given ? List(given, "Parts") : [])
        {
            text.Append(Type(part) switch
            {
                "Lit" => Unescape(Own(part), quoted),
                "SglQuoted" => Flag(part, "Dollar") ? ShellParser.DecodeAnsi(Own(part)) : Own(part),
                "DblQuoted" => Word(part, quoted: true),
                "ParamExp" => "${" + Value(part, "Param") + "}",
                "CmdSubst" => "$()",
                "ProcSubst" => part.GetProperty("Op").GetInt32() == 66 ? "<()" : ">()",
                "ArithmExp" => "$(())",
                "ExtGlob" => "?*+@!"[part.GetProperty("Op").GetInt32() - 122] + "()",
                _ => "",
            });
        }

        return text.ToString();
    }

    private static string Unescape(string text, bool quoted)
    {
        var result = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || i + 1 == text.Length || (quoted && !"$`\"\\\n".Contains(text[i + 1])))
            {
                result.Append(text[i]);
            }
            else if (text[++i] != '\n')
            {
                result.Append(text[i]);
            }
        }

        return result.ToString();
    }

    private static string? Type(JsonElement node) => node.TryGetProperty("Type", out var type) ? type.GetString() : null;

    private static bool Flag(JsonElement node, string name) => node.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    private static JsonElement? Get(JsonElement node, string name) => node.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object ? value : null;

    private static string Value(JsonElement node, string name) => Get(node, name) is { } value && value.TryGetProperty("Value", out var text) ? text.GetString()! : "";

    // Empty text is left out.
    private static string Own(JsonElement node) => node.TryGetProperty("Value", out var text) ? text.GetString()! : "";

    private static IEnumerable<JsonElement> List(JsonElement node, string name) => node.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [];
}
