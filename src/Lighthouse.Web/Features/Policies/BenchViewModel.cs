using Lighthouse.Contracts;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Engine.Validation.Contracts;
using Lighthouse.Web.Ui;

namespace Lighthouse.Web.Features.Policies;

/// <summary>One made-up request, tried on the text in the editor.</summary>
public sealed class BenchViewModel(IPolicySets sets, ICurrentCaller currentCaller, IAgentDirectory agents, IProfiles profiles)
{
    /// <summary>The tools that a person would type; any other name is taken too.</summary>
    public static IReadOnlyList<string> Tools { get; } = ["Bash", "Read", "Write", "Edit", "WebFetch"];

    public string Tool { get; set; } = "Bash";

    /// <summary>The command, path or address, by the tool; for other tools the input as JSON.</summary>
    public string Subject { get; set; } = "";
    public string Directory { get; set; } = new PolicyTrialRequest().WorkingDirectory;
    public string AgentId { get; set; } = "";
    public string Profile { get; set; } = "guarded";
    public PolicyTrial? Trial { get; private set; }
    public Problem? Problem { get; private set; }
    public bool Trying { get; private set; }

    public IReadOnlyList<AgentSummary> Agents => [.. agents.Agents().OrderBy(one => one.Name, StringComparer.OrdinalIgnoreCase)];
    public IReadOnlyCollection<string> Profiles => profiles.Names;
    public string SubjectWord => Tool switch { "Bash" => "Command", "Read" or "Write" or "Edit" => "Path", "WebFetch" => "Address", _ => "Input, as JSON" };

    public async Task TryAsync(PolicySetDocument? document)
    {
        Trying = true;
        Problem = null;
        try
        {
            var caller = await currentCaller.GetAsync();
            Trial = await sets.TryAsync(caller, document, TrialInput.Of(Tool, Subject, Directory, AgentId, Profile), CancellationToken.None);
        }
        catch (LighthouseException exception)
        {
            Trial = null;
            Problem = Problem.From(exception);
        }
        finally
        {
            Trying = false;
        }
    }
}
