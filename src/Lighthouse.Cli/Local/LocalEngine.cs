using Lighthouse.Engine;
using Lighthouse.Engine.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Lighthouse.Cli.Local;

/// <summary>The engine's parts that judge, without a server: nothing is stored, limited or asked.</summary>
internal static class LocalEngine
{
    public const string DataVariable = "Lighthouse__DataDirectory";

    /// <summary>The same default as the server's.</summary>
    public static string DataDirectory =>
        Environment.GetEnvironmentVariable(DataVariable) is { Length: > 0 } named ? named : new LighthouseOptions().DataDirectory;

    public static ServiceProvider Create()
    {
        var engine = new ServiceCollection()
            .AddLogging()
            .AddLighthouseEngine()
            .Configure<LighthouseOptions>(static options => options.DataDirectory = DataDirectory)
            .BuildServiceProvider();
        // A command that talks to the server is judged as the server would judge it.
        engine.GetRequiredService<OwnAddresses>().Listen([ServerSettings.Url]);
        return engine;
    }
}
