using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Lighthouse.Web.Security.Humans;

/// <summary>A human who signs in.</summary>
internal sealed class LighthouseUser : IdentityUser
{
    public bool Disabled { get; set; }
}

/// <summary><c>identity.db</c> in the data directory.</summary>
internal sealed class IdentityDatabase(DbContextOptions<IdentityDatabase> options) : IdentityDbContext<LighthouseUser>(options);

/// <summary>For <c>dotnet ef</c>, which only looks at the model.</summary>
internal sealed class IdentityDatabaseDesign : IDesignTimeDbContextFactory<IdentityDatabase>
{
    public IdentityDatabase CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<IdentityDatabase>().UseSqlite("Data Source=design.db").Options);
}
