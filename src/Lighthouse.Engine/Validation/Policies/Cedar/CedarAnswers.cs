namespace Lighthouse.Engine.Validation.Policies.Cedar;

// The engine's answers, as far as they are read.

/// <param name="Determining">Ids of the policies that decide: every matching forbid, or else every matching permit.</param>
/// <param name="Failed">Ids of the policies that could not be evaluated.</param>
internal sealed record CedarAnswer(bool Allowed, IReadOnlyList<string> Determining, IReadOnlyList<string> Failed);

internal sealed record CedarError(string Message, string? Help, IReadOnlyList<CedarLocation>? SourceLocations);

internal sealed record CedarLocation(int Start, int End);

internal sealed record CedarPolicyError(string PolicyId, CedarError Error);

internal sealed record CedarValidation(
    string Type, IReadOnlyList<CedarError>? Errors, IReadOnlyList<CedarPolicyError>? ValidationErrors, IReadOnlyList<CedarPolicyError>? ValidationWarnings);

internal sealed record CedarParts(string Type, IReadOnlyList<string>? Policies, [property: System.Text.Json.Serialization.JsonPropertyName("policy_templates")] IReadOnlyList<string>? Templates);

internal sealed record CedarCheckAnswer(string Type, IReadOnlyList<CedarError>? Errors);

internal sealed record CedarAuthorizationAnswer(string Type, IReadOnlyList<CedarError>? Errors, CedarResponse? Response);

internal sealed record CedarResponse(string Decision, CedarDiagnostics Diagnostics);

internal sealed record CedarDiagnostics(IReadOnlyList<string> Reason, IReadOnlyList<CedarAuthorizationError> Errors);

internal sealed record CedarAuthorizationError(string PolicyId);
