using Microsoft.AspNetCore.Identity;

namespace Lighthouse.Web.Security.Humans;

/// <summary>A human who signs in.</summary>
internal sealed class LighthouseUser : IdentityUser
{
    public bool Disabled { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
}
