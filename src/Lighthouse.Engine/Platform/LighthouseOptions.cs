using System.ComponentModel.DataAnnotations;

namespace Lighthouse.Engine.Platform;

/// <summary>The settings that every part shares: section <c>Lighthouse</c>.</summary>
public sealed class LighthouseOptions
{
    public const string Section = "Lighthouse";

    /// <summary>Where the database, keys and links live. Default: <c>.lighthouse</c> in the home directory.</summary>
    [Required]
    public string DataDirectory { get; set; } =
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".lighthouse");
}
