using System.CommandLine;
using Lighthouse.Cli.Local;
using Lighthouse.Engine.Identity.Contracts;

namespace Lighthouse.Cli.Admin;

internal static class AdminCommand
{
    public static Command Create() => new("admin", "What only somebody on the server's own host may do.") { Link() };

    private static Command Link()
    {
        var data = new Option<string>("--data")
        {
            Description = "The server's data directory.",
            HelpName = "DIR",
            DefaultValueFactory = static _ => LocalEngine.DataDirectory,
        };
        var server = new Option<string>("--server")
        {
            Description = "The address at which the browser reaches the server.",
            HelpName = "URL",
            DefaultValueFactory = static _ => ServerSettings.Url,
        };
        var user = new Option<string?>("--user") { Description = "Who signs in with it. Default: the administrator.", HelpName = "NAME" };
        var command = new DocumentedCommand(
            "link",
            "Print a one-time sign-in link, for the first sign-in or a lost password.",
            """
            Run it as the user that the server runs as: whoever may write to the data directory may sign in. The link works once, within the hour.
            """) { data, server, user };
        command.SetAction(result => Print(Path.GetFullPath(result.GetRequiredValue(data)), result.GetRequiredValue(server), result.GetValue(user)));
        return command;
    }

    private static int Print(string directory, string server, string? user)
    {
        // A mistyped directory must not become a new one whose links open nothing.
        if (!Directory.Exists(directory))
        {
            Console.Error.WriteLine($"There is no data directory at {directory}: name the server's own with --data.");
            return ExitCodes.Usage;
        }

        try
        {
            var token = SignInLinks.Create(directory, TimeProvider.System, user);
            Console.WriteLine($"{server.TrimEnd('/')}{SignInLinks.Path}?token={token}");
            return ExitCodes.Fine;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(exception.Message);
            return ExitCodes.Usage;
        }
    }
}
