namespace Lighthouse.Web.Features.Overview;

/// <summary>A build's version with as much of the commit as tells it apart.</summary>
internal static class BuildName
{
    private const int Commit = 7;

    public static string Short(string build)
    {
        var plus = build.IndexOf('+', StringComparison.Ordinal);
        return plus < 0 || build.Length <= plus + 1 + Commit ? build : build[..(plus + 1 + Commit)];
    }
}
