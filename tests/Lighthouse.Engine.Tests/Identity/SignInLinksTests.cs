using Lighthouse.Engine.Identity.Contracts;
using Microsoft.Extensions.Time.Testing;

namespace Lighthouse.Engine.Tests.Identity;

public sealed class SignInLinksTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 24, 9, 0, 0, TimeSpan.Zero));
    private readonly string _directory = Directory.CreateTempSubdirectory("lighthouse-test-").FullName;

    [Fact]
    public void Link_IsConsumedOnce()
    {
        var token = SignInLinks.Create(_directory, _clock, "eve");

        SignInLinks.Find(_directory, token, _clock).ShouldNotBeNull();
        SignInLinks.Consume(_directory, token, _clock).ShouldNotBeNull().User.ShouldBe("eve");
        SignInLinks.Consume(_directory, token, _clock).ShouldBeNull();
        SignInLinks.Find(_directory, token, _clock).ShouldBeNull();
    }

    [Fact]
    public void Link_ConsumedByManyAtOnce_IsGivenToOne()
    {
        var token = SignInLinks.Create(_directory, _clock);
        var given = 0;

        Parallel.For(0, 64, _ =>
        {
            if (SignInLinks.Consume(_directory, token, _clock) is not null)
            {
                Interlocked.Increment(ref given);
            }
        });

        given.ShouldBe(1);
    }

    [Fact]
    public void Link_AfterAnHour_IsGone()
    {
        var token = SignInLinks.Create(_directory, _clock);
        _clock.Advance(SignInLinks.Lifetime);

        SignInLinks.Find(_directory, token, _clock).ShouldBeNull();
        SignInLinks.Consume(_directory, token, _clock).ShouldBeNull();
    }

    [Fact]
    public void Folder_HoldsHashesThatOnlyTheOwnerReads()
    {
        var token = SignInLinks.Create(_directory, _clock);

        var file = Directory.GetFiles(Path.Combine(_directory, "sign-in-links")).ShouldHaveSingleItem();
        (Path.GetFileName(file) + File.ReadAllText(file)).ShouldNotContain(token);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
            File.GetUnixFileMode(Path.GetDirectoryName(file)!).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Fact]
    public void ExpiredLinks_AreRemovedWithTheNextOne()
    {
        SignInLinks.Create(_directory, _clock);
        _clock.Advance(TimeSpan.FromHours(2));
        SignInLinks.Create(_directory, _clock);

        Directory.GetFiles(Path.Combine(_directory, "sign-in-links")).Length.ShouldBe(1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("../../lighthouse.db")]
    [InlineData("/etc/passwd")]
    public void Token_IsNeverAPath(string token)
    {
        SignInLinks.Create(_directory, _clock);

        SignInLinks.Consume(_directory, token, _clock).ShouldBeNull();
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
