using Lighthouse.Engine.Commands.Contracts;
using Lighthouse.Engine.Commands.Effects;

namespace Lighthouse.Engine.Tests.Commands.Effects;

/// <summary>What is known of a directory is kept for the paths in it: a relative path must mean what the whole path means.</summary>
public sealed class PathsBelowDirectoryTests
{
    private static readonly PathPlaces _places = new();

    private static readonly string[] _directories =
    [
        "/home/dev/app", "/home/dev", "/home/dev/.ssh", "/home/dev/app/.git/hooks", "/home/dev/.config/gh", "/", "/etc", "/var/log", "/private/etc", "/proc/self", "/System/Volumes/Data",
        "/tmp", "/home/dev/.lighthouse", "/home", "/root/.aws", "/home/dev/app/node_modules",
    ];

    private static readonly string[] _paths =
    [
        ".", "..", "a.cs", "id_rsa", "*", "**", ".*", "*.pem", "../..", "../../../../etc/passwd", "../.ssh/id_ed25519", ".git/config", "../.git", "hosts.yml", ".env", "config/../.env", "x/./y//z", "shadow", "root/etc/shadow",
        "etc/sudoers", "credentials", ".bashrc", "cron.d/x", "../dev", "dev/.lighthouse/x", "secrets.json", "self/environ", "passwd*", "id_*",
    ];

    [Fact]
    public void RelativePath_InAnyDirectory_MeansWhatTheWholePathMeans()
    {
        foreach (var directory in _directories)
        {
            foreach (var path in _paths)
            {
                var hasGlob = path.Contains('*');
                var place = new ActionPlace(directory, "/home/dev/app", "/home/dev", ["/home/dev/.lighthouse"], []);
                var below = new Word(path, path, 0, path.Length, hasGlob);
                var whole = directory.TrimEnd('/') + "/" + path;
                var absolute = new Word(whole, path, 0, path.Length, hasGlob);
                _places.PlaceOf(below, place).ShouldBe(_places.PlaceOf(absolute, place), $"{path} in {directory}");
                Plain(_places.Write(below, place, "x")).ShouldBe(Plain(_places.Write(absolute, place, "x")), $"{path} in {directory}");
                Plain(_places.Delete(below, place, recursive: true, "x")).ShouldBe(Plain(_places.Delete(absolute, place, recursive: true, "x")), $"{path} in {directory}");
            }
        }
    }

    private static (Effect?, Place?, Lighthouse.Contracts.Risk?, string?) Plain(EffectUse? use) => (use?.Effect, use?.Place, use?.Risk, use?.Path);
}
