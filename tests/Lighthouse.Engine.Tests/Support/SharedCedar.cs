using Lighthouse.Engine.Platform;
using Lighthouse.Engine.Validation.Policies.Cedar;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Lighthouse.Engine.Tests.Support;

/// <summary>One compiled engine for all tests: compiling takes seconds, and each test has a data directory of its own.</summary>
internal static class SharedCedar
{
    public static CedarModule Module { get; } = New(Path.Combine(AppContext.BaseDirectory, "cedar-cache"));

    public static CedarModule New(string dataDirectory) => new(Cache(dataDirectory), NullLogger<CedarModule>.Instance);

    public static ModuleCache Cache(string dataDirectory) =>
        new(Options.Create(new LighthouseOptions { DataDirectory = dataDirectory }), NullLogger<ModuleCache>.Instance);
}
