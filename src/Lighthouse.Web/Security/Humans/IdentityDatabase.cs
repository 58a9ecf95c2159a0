using Lighthouse.Engine.Platform;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Microsoft.Extensions.Options;

namespace Lighthouse.Web.Security.Humans;

/// <summary><c>identity.db</c> in the data directory: humans, their roles and password hashes.</summary>
internal sealed class IdentityDatabase(DbContextOptions<IdentityDatabase> options) : IdentityDbContext<LighthouseUser>(options)
{
    public static void Configure(IServiceProvider services, DbContextOptionsBuilder options)
    {
        var directory = services.GetRequiredService<IOptions<LighthouseOptions>>().Value.DataDirectory;
        options.UseSqlite($"Data Source={Path.Combine(directory, "identity.db")}");
    }

    public async Task UpgradeAsync(CancellationToken cancellationToken)
    {
        if (!(await Database.GetPendingMigrationsAsync(cancellationToken)).Any())
        {
            return;
        }

        // A process that was killed while it migrated leaves EF's lock row behind, and the next one would wait for it for ever. The data
        // directory belongs to one process at a time (the event store locks it), so whatever holds that lock is dead.
        await Database.ExecuteSqlRawAsync("""DROP TABLE IF EXISTS "__EFMigrationsLock";""", cancellationToken);
        await Database.MigrateAsync(cancellationToken);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Database.GetDbConnection().DataSource, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        // SQLite has no date type and cannot order DateTimeOffset text.
        builder.Entity<LighthouseUser>().Property(static user => user.CreatedAt).HasConversion(new DateTimeOffsetToBinaryConverter());
    }
}

/// <summary>For <c>dotnet ef</c>, which only looks at the model.</summary>
internal sealed class IdentityDatabaseDesign : IDesignTimeDbContextFactory<IdentityDatabase>
{
    public IdentityDatabase CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<IdentityDatabase>().UseSqlite("Data Source=design.db").Options);
}
