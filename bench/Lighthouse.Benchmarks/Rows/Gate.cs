using System.Text.Json;
using Lighthouse.Contracts;
using Lighthouse.Engine;
using Lighthouse.Engine.Commands.Contracts;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Engine.Validation.Contracts;
using Lighthouse.Engine.Validation.Pipeline;
using Microsoft.Extensions.DependencyInjection;

namespace Lighthouse.Benchmarks.Rows;

/// <summary>The engine's own analyser and profiles, put together as the product does, without store and agents.</summary>
internal sealed class Gate : IDisposable
{
    private const string Directory = "/home/dev/project";
    private static readonly AgentIdentity _agent = new("bench", "bench", "bench", "guarded", []);
    private readonly ServiceProvider _services;
    private readonly WorkspaceLocator _workspaces;
    private readonly ICommandAnalyser _analyser;
    private readonly IProfiles _profiles;

    public Gate()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddLighthouseEngine();
        _services = services.BuildServiceProvider();
        _workspaces = _services.GetRequiredService<WorkspaceLocator>();
        _analyser = _services.GetRequiredService<ICommandAnalyser>();
        _profiles = _services.GetRequiredService<IProfiles>();
    }

    public static DecisionRequest Request(string command) => new()
    {
        Tool = "Bash",
        Input = JsonSerializer.SerializeToElement(new { command }),
        WorkingDirectory = Directory,
    };

    public ActionPlace Locate(DecisionRequest request) => _workspaces.Locate(request, _agent);

    public Analysis Analyse(DecisionRequest request) => _analyser.Analyse(request, Locate(request));

    public ProfileVerdict Judge(Analysis analysis) => _profiles.Evaluate("guarded", analysis);

    public void Dispose() => _services.Dispose();
}
