namespace Lighthouse.Web.Security.Bootstrap;

/// <summary>Where the one-time link is printed: the console itself, past the log, so that no log file keeps it.</summary>
internal sealed class ConsoleNotice(TextWriter console)
{
    public void Write(string text) => console.WriteLine(text);
}
