using Lighthouse.Engine.Tests.Support;
using Lighthouse.Engine.Validation.Contracts;

namespace Lighthouse.Engine.Tests.Policies;

internal static class PolicyHost
{
    public static IPolicySets Policies(this EngineHost host) => host.Get<IPolicySets>();

    /// <summary>Saves and activates; the number of the version.</summary>
    public static async Task<int> ActivateAsync(this EngineHost host, string text, params PolicyExample[] examples)
    {
        var sets = host.Policies();
        var saved = await sets.SaveAsync(EngineHost.Admin, new PolicySetDocument { Text = text, Examples = examples }, "a test's", CancellationToken.None);
        await sets.ActivateAsync(EngineHost.Admin, saved.Number, sets.ActiveVersion, "a test's", CancellationToken.None);
        return saved.Number;
    }

    public static Task<PolicyCheck> CheckAsync(this EngineHost host, string text, params PolicyExample[] examples) =>
        host.Policies().CheckAsync(EngineHost.Admin, new PolicySetDocument { Text = text, Examples = examples }, CancellationToken.None);
}
