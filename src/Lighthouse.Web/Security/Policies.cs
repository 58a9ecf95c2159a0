using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Web.Security.Keys;
using Microsoft.AspNetCore.Authorization;

namespace Lighthouse.Web.Security;

/// <summary>Who may use which route. Routes of the API take keys only, pages take the cookie only, so no form on another site can use a key's route.</summary>
internal static class Policies
{
    public const string Agent = "agent";
    public const string AgentOrExpert = "agent-or-expert";
    public const string AgentOrReader = "agent-expert-or-operator";
    public const string Expert = "expert";
    public const string Operator = "operator";
    public const string Metrics = "metrics";
    public const string AgentHub = "agent-hub";
    public const string OperationsHub = "operations-hub";

    public static void AddTo(AuthorizationOptions options, bool anonymousMetrics)
    {
        Keys(options, Agent, Roles.Agent);
        Keys(options, AgentOrExpert, Roles.Agent | Roles.Expert | Roles.Operator);
        Keys(options, AgentOrReader, Roles.Agent | Roles.Expert | Roles.Operator);
        Keys(options, Expert, Roles.Expert);
        Keys(options, Operator, Roles.Operator);
        Keys(options, AgentHub, Roles.Agent);
        Keys(options, OperationsHub, Roles.Operator);
        if (anonymousMetrics)
        {
            options.AddPolicy(Metrics, policy => policy.RequireAssertion(_ => true));
        }
        else
        {
            Keys(options, Metrics, Roles.Operator);
        }

        // What names no policy needs a signed-in human of any role: forgetting one closes a route, it does not open it.
        options.FallbackPolicy = options.DefaultPolicy = new AuthorizationPolicyBuilder()
            .RequireAuthenticatedUser().RequireRole("viewer", "operator", "expert", "admin").Build();
    }

    private static void Keys(AuthorizationOptions options, string name, Roles anyOf) => options.AddPolicy(name, policy => policy
        .AddAuthenticationSchemes(ApiKeyHandler.Scheme)
        // An admin's key may do everything but what an agent does: it stands for no agent.
        .RequireAssertion(context => context.User.FindCaller() is { } caller && (anyOf == Roles.Agent ? caller.Agent is not null : caller.Is(anyOf))));
}
