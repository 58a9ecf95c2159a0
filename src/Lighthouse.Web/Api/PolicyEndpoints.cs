using System.Globalization;
using System.Text.Json;
using Lighthouse.Contracts;
using Lighthouse.Engine.Validation.Contracts;
using Lighthouse.Web.Security;

namespace Lighthouse.Web.Api;

/// <summary>Policy sets: reading, checking, trying and keeping for operators, activation for admins.</summary>
internal static class PolicyEndpoints
{
    // A text of 256 kB and examples of 512 kB, both with their quotation marks escaped.
    private const long DocumentBytes = 2 * 1024 * 1024;
    private const string DryRunRule =
        "Answers line by line (application/x-ndjson), one step a line, until `finished`; closing the connection ends the run. Refused before the first line, or not at all: "
        + "a failure later ends the answer without `finished`.";

    public static void MapPolicies(this IEndpointRouteBuilder api)
    {
        api.MapGet("/policies", Overview).RequireAuthorization(Policies.Operator)
            .WithSummary("All versions, newest first, which one is active, and what was activated when.").Produces<PolicySetOverview>();
        api.MapGet("/policies/schema", (IPolicySets sets) => Results.Text(sets.Schema)).RequireAuthorization(Policies.Operator)
            .WithSummary("The Cedar schema that policies are checked against.").Produces<string>(contentType: "text/plain");
        api.MapGet("/policies/{version}", GetAsync).RequireAuthorization(Policies.Operator)
            .WithSummary("One version with its text and examples.").Produces<PolicySetDetail>();
        api.MapPost("/policies", SaveAsync).RequireAuthorization(Policies.Operator)
            .WithSummary("Keeps a text and its examples as the next version, a draft; the active one stays.").TakesJson<PolicySetBody>().Produces<PolicySetSummary>(StatusCodes.Status201Created);
        api.MapPost("/policies:check", CheckAsync).RequireAuthorization(Policies.Operator)
            .WithSummary("Checks syntax, schema, annotations and examples; keeps nothing.").TakesJson<PolicySetBody>().Produces<CheckedPolicies>();
        api.MapPost("/policies:try", TryAsync).RequireAuthorization(Policies.Operator)
            .WithSummary("What a text, a version or the active set says to one made-up request. Nothing is recorded or asked.").TakesJson<TrialBody>().Produces<PolicyTrial>();
        api.MapPost("/policies:dry-run", DryRunAsync).RequireAuthorization(Policies.Operator)
            .WithSummary("Every verdict over recorded requests that would change.").WithDescription(DryRunRule)
            .TakesJson<DryRunPlan>().Produces<DryRunStep>(contentType: "application/x-ndjson");
        api.MapPost("/policies/{version}/activate", ActivateAsync).RequireAuthorization(Policies.Admin)
            .WithSummary("Checks the version and makes it the active one; an earlier one is rolled back to.").TakesJson<ActivationBody>().Produces<PolicySetChange>();
        api.MapPost("/policies:deactivate", DeactivateAsync).RequireAuthorization(Policies.Admin)
            .WithSummary("Back to the profiles alone.").TakesJson<ActivationBody>().Produces<PolicySetChange>();
    }

    private static IResult Overview(HttpContext context, IPolicySets sets)
    {
        var caller = context.GetCaller();
        return Results.Json(new PolicySetOverview(sets.ActiveVersion, sets.Problem, sets.List(caller), sets.History(caller)), LighthouseJson.Options);
    }

    private static async Task<IResult> GetAsync(string version, HttpContext context, IPolicySets sets) =>
        Results.Json(await sets.GetAsync(context.GetCaller(), Number(version), context.RequestAborted), LighthouseJson.Options);

    private static async Task<IResult> SaveAsync(HttpContext context, IPolicySets sets)
    {
        var body = await RequestBody.ReadAsync<PolicySetBody>(context, DocumentBytes);
        var saved = await sets.SaveAsync(context.GetCaller(), body.Document(), body.Note ?? "", context.RequestAborted);
        return Results.Json(saved, LighthouseJson.Options, statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> CheckAsync(HttpContext context, IPolicySets sets)
    {
        var body = await RequestBody.ReadAsync<PolicySetBody>(context, DocumentBytes);
        var check = await sets.CheckAsync(context.GetCaller(), body.Document(), context.RequestAborted);
        return Results.Json(new CheckedPolicies(check.Valid, check.Diagnostics, check.Policies), LighthouseJson.Options);
    }

    private static async Task<IResult> TryAsync(HttpContext context, IPolicySets sets)
    {
        var body = await RequestBody.ReadAsync<TrialBody>(context, DocumentBytes);
        var caller = context.GetCaller();
        var request = body.Request ?? throw new LighthouseException(ErrorCodes.MissingField, "`request` is missing: the request to try.");
        var document = body is { Text: null, Version: { } version }
            ? (await sets.GetAsync(caller, version, context.RequestAborted)).Document
            : body.Text is null ? null : new PolicySetDocument { Text = body.Text };
        return Results.Json(await sets.TryAsync(caller, document, request, context.RequestAborted), LighthouseJson.Options);
    }

    private static async Task DryRunAsync(HttpContext context, IPolicySets sets)
    {
        var plan = await RequestBody.ReadAsync<DryRunPlan>(context, DocumentBytes);
        if (plan is { Version: null, Document: null })
        {
            throw new LighthouseException(ErrorCodes.MissingField, "`version` (0 for no policies at all) or `document` is missing: what to try.");
        }

        await using var steps = sets.DryRunAsync(context.GetCaller(), plan, context.RequestAborted).GetAsyncEnumerator(context.RequestAborted);
        // The first step before the first byte: until then a refusal still has its status and its code.
        var more = await steps.MoveNextAsync();
        context.Response.ContentType = "application/x-ndjson";
        while (more)
        {
            await JsonSerializer.SerializeAsync(context.Response.Body, steps.Current, LighthouseJson.Options, context.RequestAborted);
            await context.Response.WriteAsync("\n", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            more = await steps.MoveNextAsync();
        }
    }

    private static async Task<IResult> ActivateAsync(string version, HttpContext context, IPolicySets sets)
    {
        var body = await RequestBody.ReadAsync<ActivationBody>(context);
        return Results.Json(await sets.ActivateAsync(context.GetCaller(), Number(version), body.Expected, body.Reason ?? "", context.RequestAborted), LighthouseJson.Options);
    }

    private static async Task<IResult> DeactivateAsync(HttpContext context, IPolicySets sets)
    {
        var body = await RequestBody.ReadAsync<ActivationBody>(context);
        return Results.Json(await sets.DeactivateAsync(context.GetCaller(), body.Expected, body.Reason ?? "", context.RequestAborted), LighthouseJson.Options);
    }

    private static int Number(string version) => int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw new LighthouseException(ErrorCodes.NotFound, $"There is no version {version} of the policy set.");
}
