using Lighthouse.Contracts;
using Lighthouse.Engine.Validation.Contracts;

namespace Lighthouse.Web.Features.Policies;

/// <summary>A first set to change into one's own: each of the three things that a policy can do.</summary>
internal static class PolicyStarter
{
    public const string Text = """
        // Nobody rewrites recorded work, not even after asking.
        @id("no-history-rewrite")
        @reason("the history of this project is not rewritten")
        forbid(principal, action == Action::"shell", resource)
        when { context.effects.contains("history-rewrite") };

        // Whatever touches production waits for somebody from operations.
        @id("production-is-for-people")
        @verdict("escalate")
        @experts("operations")
        @deadline("15m")
        @reason("production is changed by people")
        forbid(principal, action, resource)
        when { context.paths.contains("/srv/production") };

        // Packages come from our own mirror: nobody has to be asked for them.
        @id("packages-from-the-mirror")
        @reason("packages come from our own mirror")
        permit(principal, action == Action::"shell", resource)
        when {
          ["npm"].containsAll(context.programs) &&
          ["read", "write-workspace", "network-in", "package-install"].containsAll(context.effects)
        };

        """;

    public static IReadOnlyList<PolicyExample> Examples { get; } =
    [
        Example("no-history-rewrite", "git push --force origin main", Verdict.Deny),
        Example("no-history-rewrite", "git push origin main", null, matches: false),
        Example("production-is-for-people", "cat /srv/production/app.conf", Verdict.Escalate),
        Example("production-is-for-people", "cat README.md", Verdict.Allow, matches: false),
        Example("packages-from-the-mirror", "npm install left-pad", Verdict.Allow),
        Example("packages-from-the-mirror", "npm install left-pad; kill -9 1", Verdict.Escalate, matches: false),
    ];

    private static PolicyExample Example(string policy, string command, Verdict? verdict, bool matches = true) =>
        new() { Policy = policy, Matches = matches, Verdict = verdict, Request = new PolicyTrialRequest { Command = command } };
}
