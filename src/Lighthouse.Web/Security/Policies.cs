using System.Collections.Frozen;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Web.Security.Keys;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;

namespace Lighthouse.Web.Security;

/// <summary>Who may use a route. Every route names one of these or says that anybody may; a route that does neither answers nobody.</summary>
internal static class Policies
{
    public const string Agent = "agent key";
    public const string AgentHub = "agent key (hub)";
    public const string AgentOrExpert = "agent or expert key";
    public const string AgentOrReader = "agent, expert or operator key";
    public const string Expert = "expert key";
    public const string Operator = "operator key";
    public const string OperationsHub = "operator key (hub)";
    public const string Admin = "admin key";
    public const string Metrics = "operator key (metrics)";
    public const string Human = "signed-in human";
    public const string HumanOperator = "signed-in operator";
    public const string HumanAdmin = "signed-in admin";

    /// <summary>An admin may what every role may, except to be an agent: a decision needs an agent that it is about.</summary>
    public static FrozenDictionary<string, AccessRequirement> All { get; } = new Dictionary<string, AccessRequirement>
    {
        [Agent] = new(CallerKind.Key, Roles.Agent),
        [AgentHub] = new(CallerKind.Key, Roles.Agent),
        [AgentOrExpert] = new(CallerKind.Key, Roles.Agent | Roles.Expert | Roles.Admin),
        [AgentOrReader] = new(CallerKind.Key, Roles.Agent | Roles.Expert | Roles.Operator | Roles.Admin),
        [Expert] = new(CallerKind.Key, Roles.Expert | Roles.Admin),
        [Operator] = new(CallerKind.Key, Roles.Operator | Roles.Admin),
        [OperationsHub] = new(CallerKind.Key, Roles.Operator | Roles.Admin),
        [Metrics] = new(CallerKind.Key, Roles.Operator | Roles.Admin),
        [Admin] = new(CallerKind.Key, Roles.Admin),
        [Human] = new(CallerKind.Human, Roles.Viewer | Roles.Expert | Roles.Operator | Roles.Admin),
        [HumanOperator] = new(CallerKind.Human, Roles.Operator | Roles.Admin),
        [HumanAdmin] = new(CallerKind.Human, Roles.Admin),
    }.ToFrozenDictionary();

    public static void Register(AuthorizationOptions options, bool anonymousMetrics)
    {
        foreach (var (name, requirement) in All)
        {
            options.AddPolicy(name, Build(requirement));
        }

        if (anonymousMetrics)
        {
            options.AddPolicy(Metrics, static policy => policy.RequireAssertion(static _ => true));
        }

        options.DefaultPolicy = Build(All[Human]);
        options.FallbackPolicy = new AuthorizationPolicyBuilder().AddRequirements(new NoPolicyRequirement()).Build();
    }

    // A cookie is not looked at where a key is asked for, and the other way round: so no API route can be forged from a page.
    private static AuthorizationPolicy Build(AccessRequirement requirement) =>
        new AuthorizationPolicyBuilder(requirement.Kind == CallerKind.Key ? KeyAuthentication.Scheme : IdentityConstants.ApplicationScheme)
            .RequireAuthenticatedUser().AddRequirements(requirement).Build();
}

/// <param name="AnyOf">One of these is enough; nothing is implied.</param>
internal sealed record AccessRequirement(CallerKind Kind, Roles AnyOf) : IAuthorizationRequirement;

/// <summary>What routes without a policy fall back to.</summary>
internal sealed record NoPolicyRequirement : IAuthorizationRequirement;

internal sealed class AccessHandler : IAuthorizationHandler
{
    public Task HandleAsync(AuthorizationHandlerContext context)
    {
        foreach (var requirement in context.PendingRequirements.ToArray())
        {
            var held = requirement switch
            {
                AccessRequirement access => context.User.FindCaller() is { } caller && caller.Kind == access.Kind && (caller.Roles & access.AnyOf) != 0,
                // No route at all is no secret: that becomes a plain 404.
                NoPolicyRequirement => context.Resource is HttpContext http && http.GetEndpoint() is null,
                _ => false,
            };
            if (held)
            {
                context.Succeed(requirement);
            }
        }

        return Task.CompletedTask;
    }
}
