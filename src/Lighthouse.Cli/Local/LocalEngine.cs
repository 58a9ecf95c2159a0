using Lighthouse.Engine;
using Lighthouse.Engine.Platform;
using Lighthouse.Engine.Validation;
using Microsoft.Extensions.DependencyInjection;

namespace Lighthouse.Cli.Local;

/// <summary>The engine's parts that judge, without a server: nothing is stored, limited or asked.</summary>
internal static class LocalEngine
{
    public const string DataVariable = "Lighthouse__DataDirectory";

    /// <summary>The same default as the server's.</summary>
    public static string DataDirectory =>
        Environment.GetEnvironmentVariable(DataVariable) is { Length: > 0 } named ? named : new LighthouseOptions().DataDirectory;

    /// <summary><c>Lighthouse__Workspace__Roots__0</c>, <c>…__1</c> and so on, as for the server.</summary>
    private static IEnumerable<string> Roots()
    {
        for (var i = 0; Environment.GetEnvironmentVariable($"Lighthouse__Workspace__Roots__{i}") is { Length: > 0 } root; i++)
        {
            yield return root;
        }
    }

    public static ServiceProvider Create()
    {
        var engine = new ServiceCollection()
            .AddLogging()
            .AddLighthouseEngine()
            .Configure<LighthouseOptions>(static options => options.DataDirectory = DataDirectory)
            .Configure<WorkspaceOptions>(static options => options.Roots = [.. Roots()])
            .BuildServiceProvider();
        // A command that talks to the server is judged as the server would judge it.
        engine.GetRequiredService<OwnAddresses>().Listen([ServerSettings.Url]);
        return engine;
    }
}
