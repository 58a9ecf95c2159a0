namespace Lighthouse.EndToEnd.Tests.Harness;

/// <summary>Where the build put the programs that these tests start.</summary>
internal static class Built
{
    /// <summary>…/tests/Lighthouse.EndToEnd.Tests/bin/Release/net10.0/ → Release/net10.0</summary>
    private static string Output { get; } = string.Join('/', AppContext.BaseDirectory.TrimEnd('/').Split('/')[^2..]);

    public static string Root { get; } = FindRoot();
    public static string Configuration { get; } = Output.Split('/')[0];
    public static string Web { get; } = Path.Combine(Root, "src/Lighthouse.Web/bin", Output, "Lighthouse.Web.dll");
    public static string CommandLine { get; } = Path.Combine(Root, "src/Lighthouse.Cli/bin", Output, "lighthouse.dll");

    /// <summary>Screenshots and the logs of failed servers; not committed.</summary>
    public static string Artifacts { get; } = Path.Combine(Root, "artifacts");

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Lighthouse.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("No Lighthouse.sln above " + AppContext.BaseDirectory);
    }
}
