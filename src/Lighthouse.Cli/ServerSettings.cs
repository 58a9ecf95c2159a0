namespace Lighthouse.Cli;

/// <summary>The server and key that the environment names.</summary>
internal static class ServerSettings
{
    public const string UrlVariable = "LIGHTHOUSE_URL";
    public const string KeyVariable = "LIGHTHOUSE_KEY";
    public const string DefaultUrl = "http://localhost:5080";

    public static string Url => Environment.GetEnvironmentVariable(UrlVariable) is { Length: > 0 } url ? url : DefaultUrl;
    public static string? Key => Environment.GetEnvironmentVariable(KeyVariable) is { Length: > 0 } key ? key : null;

    /// <summary>Null when the text is no http or https address.</summary>
    public static Uri? Parse(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var parsed) && parsed.Scheme is "http" or "https" ? parsed : null;
}
