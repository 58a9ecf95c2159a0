using Lighthouse.Engine.EventStore.Contracts;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Web.Security;
using Lighthouse.Web.Security.Humans;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Lighthouse.Web.Tests.Security;

public sealed class FirstStartTests : IDisposable
{
    private static readonly Dictionary<string, string> Nothing = [];
    private readonly string _directory = Directory.CreateTempSubdirectory("lighthouse-test-").FullName;

    [Fact]
    public async Task FirstStart_HasNoUserAndNoKey_ButPrintsALink()
    {
        using var host = SecurityHost.Start(Nothing, _directory);

        (await host.Get<IHumanDirectory>().ListAsync(CancellationToken.None)).ShouldBeEmpty();
        host.Get<IAgentDirectory>().Keys().ShouldBeEmpty();
        host.Console.ShouldContain($"Open {host.Address.GetLeftPart(UriPartial.Authority)}/sign-in/link?token=");
        host.Console.ShouldContain($"http://{HostRules.OwnName}:{host.Address.Port}/sign-in/link?token={host.PrintedToken}");
    }

    [Fact]
    public void FirstStart_WhereTheOwnNameIsNotAnswered_DoesNotRecommendIt()
    {
        using var host = SecurityHost.Start(new Dictionary<string, string> { ["AllowedHosts"] = "127.0.0.1;tower.example" }, _directory);

        host.PrintedToken.ShouldNotBeNull();
        host.Console.ShouldNotContain(HostRules.OwnName);
    }

    [Fact]
    public async Task Link_PreviewsDoNotUseItUp_OnePostDoes()
    {
        using var host = SecurityHost.Start(Nothing, _directory);
        using var browser = host.Browser();
        for (var i = 0; i < 3; i++)
        {
            (await browser.Http.GetStringAsync("/sign-in/link?token=" + host.PrintedToken)).ShouldContain("Continue");
        }

        // A form that another page posts, or a scanner that presses buttons without cookies, does not use it up either.
        await browser.PostAsync("/sign-in/link", ("token", host.PrintedToken!));
        (await browser.FollowLinkAsync(host.PrintedToken!)).ShouldBe("/account/password");
        (await browser.SetPasswordAsync(SecurityHost.Password)).ShouldBe("/");
        (await browser.IsSignedInAsync()).ShouldBeTrue();

        using var second = host.Browser();
        (await second.Http.GetStringAsync("/sign-in/link?token=" + host.PrintedToken)).ShouldContain("used already");
        (await second.PostFormAsync("/sign-in", "/sign-in/link", ("token", host.PrintedToken!))).Headers.Location!.OriginalString.ShouldBe("/sign-in/link?error=used");
        (await second.IsSignedInAsync()).ShouldBeFalse();
    }

    [Theory]
    [InlineData("")]
    [InlineData("../identity.db")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Link_ThatNobodyMade_OpensNothing(string token)
    {
        using var host = SecurityHost.Start(Nothing, _directory);
        using var browser = host.Browser();

        (await browser.PostFormAsync("/sign-in", "/sign-in/link", ("token", token))).Headers.Location!.OriginalString.ShouldBe("/sign-in/link?error=used");
        (await browser.IsSignedInAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task Link_AfterAnHour_OpensNothing()
    {
        using var host = SecurityHost.Start(Nothing, _directory);
        using var browser = host.Browser();
        host.Clock.Advance(TimeSpan.FromMinutes(61));

        (await browser.PostFormAsync("/sign-in", "/sign-in/link", ("token", host.PrintedToken!))).Headers.Location!.OriginalString.ShouldBe("/sign-in/link?error=used");
    }

    [Fact]
    public async Task Restart_PrintsALinkUntilAnAdminHasAPassword_ThenOnlyAHint()
    {
        string first;
        using (var host = SecurityHost.Start(Nothing, _directory))
        {
            first = host.PrintedToken.ShouldNotBeNull();
        }

        using (var host = SecurityHost.Start(Nothing, _directory))
        {
            host.PrintedToken.ShouldNotBeNull().ShouldNotBe(first);
            using var browser = host.Browser();
            await browser.FollowLinkAsync(host.PrintedToken!);
            await browser.SetPasswordAsync(SecurityHost.Password);
        }

        using (var host = SecurityHost.Start(Nothing, _directory))
        {
            host.PrintedToken.ShouldBeNull();
            host.Console.ShouldContain("lighthouse admin link");
            using var browser = host.Browser();
            (await browser.SignInAsync()).ShouldBe("/");
        }
    }

    [Fact]
    public async Task Session_SurvivesARestart()
    {
        string cookie;
        using (var host = SecurityHost.Start(directory: _directory))
        {
            using var browser = host.Browser();
            await browser.SignInAsync();
            cookie = browser.Cookie("lighthouse-session")!;
        }

        using var again = SecurityHost.Start(directory: _directory);
        using var same = again.Browser();
        same.SetCookie("lighthouse-session", cookie);
        (await same.IsSignedInAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task Bootstrap_IsForTheFirstStartOnly()
    {
        using (var host = SecurityHost.Start(directory: _directory))
        {
            host.PrintedToken.ShouldBeNull();
            host.Get<IAgentDirectory>().Keys().ShouldAllBe(static key => key.Owner == "admin");
        }

        var later = new Dictionary<string, string>
        {
            ["Lighthouse:Bootstrap:AdminPassword"] = "quite another Password",
            ["Lighthouse:Bootstrap:AgentKey"] = "another-agent-key-0123456789abcdef",
        };
        using var again = SecurityHost.Start(later, _directory);
        using var browser = again.Browser();
        (await browser.SignInAsync(password: "quite another Password")).ShouldStartWith("/sign-in?error=wrong");
        (await browser.SignInAsync()).ShouldBe("/");
        again.Get<ICredentials>().Verify("another-agent-key-0123456789abcdef").ShouldBeNull();
        again.Get<ICredentials>().Verify(SecurityHost.AgentKey).ShouldNotBeNull().Roles.ShouldBe(Roles.Agent);
        again.Get<ICredentials>().Verify(SecurityHost.ExpertKey).ShouldNotBeNull().Roles.ShouldBe(Roles.Expert);
        again.Get<ICredentials>().Verify(SecurityHost.OperatorKey).ShouldNotBeNull().Roles.ShouldBe(Roles.Operator);
    }

    [Fact]
    public async Task Bootstrap_DoesNotBringARevokedKeyBack()
    {
        using (var host = SecurityHost.Start(directory: _directory))
        {
            var key = host.Get<IAgentDirectory>().Keys().Single(static one => one.Role == Roles.Agent);
            await host.CallAsync("DELETE", "/api/v1/keys/" + key.KeyId, SecurityHost.OperatorKey);
        }

        using var again = SecurityHost.Start(directory: _directory);
        again.Get<ICredentials>().Verify(SecurityHost.AgentKey).ShouldBeNull();
    }

    [Theory]
    [InlineData("AdminPassword", "short")]
    [InlineData("AdminPassword", "aaaaaaaaaaaaaaaaaaaa")]
    [InlineData("AgentKey", "thirty-one-characters-long-key-")]
    [InlineData("ExpertKey", "a key that is long enough but has blanks")]
    [InlineData("OperatorKey", "short")]
    public void Bootstrap_TooWeak_StopsTheStart_AndNamesTheSetting(string setting, string value)
    {
        var settings = new Dictionary<string, string> { ["Lighthouse:Bootstrap:" + setting] = value };

        var exception = RefusedStart(settings);

        exception.Message.ShouldContain("Lighthouse:Bootstrap:" + setting);
        exception.Message.ShouldNotContain(value);
    }

    [Fact]
    public void Bootstrap_OneSecretForTwoRoles_StopsTheStart()
    {
        var settings = new Dictionary<string, string>
        {
            ["Lighthouse:Bootstrap:AgentKey"] = SecurityHost.AgentKey, ["Lighthouse:Bootstrap:ExpertKey"] = SecurityHost.AgentKey,
        };

        RefusedStart(settings).Message.ShouldContain("a key of its own");
    }

    [Fact]
    public async Task Secrets_AreNowhereInTheDataDirectory()
    {
        using (var host = SecurityHost.Start(directory: _directory))
        {
            using var browser = host.Browser();
            await browser.SignInAsync();
            SignInLinks.Create(_directory, host.Clock);
        }

        foreach (var file in Directory.EnumerateFiles(_directory, "*", SearchOption.AllDirectories).ToList())
        {
            if (!File.Exists(file))
            {
                // A write-ahead log that SQLite put away while the host closed.
                continue;
            }

            var text = System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file));
            text.ShouldNotContain(SecurityHost.Password, customMessage: file);
            text.ShouldNotContain(SecurityHost.AgentKey, customMessage: file);
            text.ShouldNotContain(SecurityHost.OperatorKey, customMessage: file);
        }
    }

    [Fact]
    public void DataDirectory_IsForItsOwnerAlone()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var host = SecurityHost.Start(directory: _directory);
        const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        foreach (var path in (string[])["", "identity.db", "session-keys"])
        {
            (File.GetUnixFileMode(Path.Combine(_directory, path)) & others).ShouldBe(UnixFileMode.None, path);
        }
    }

    /// <summary>What <c>lighthouse admin link</c> is for: the last admin was disabled, demoted or forgot the password.</summary>
    [Fact]
    public async Task HostLink_RestoresALostAdmin_AndSaysSoInTheLog()
    {
        using var host = SecurityHost.Start(directory: _directory);
        var admin = (await host.Get<IHumanDirectory>().ListAsync(CancellationToken.None)).Single();
        using (var store = await host.Get<Microsoft.EntityFrameworkCore.IDbContextFactory<IdentityDatabase>>().CreateDbContextAsync())
        {
            store.Users.Single().Disabled = true;
            store.UserRoles.RemoveRange(store.UserRoles);
            await store.SaveChangesAsync();
        }

        using var browser = host.Browser();
        (await browser.FollowLinkAsync(SignInLinks.Create(_directory, host.Clock))).ShouldBe("/account/password");

        (await host.Get<IHumanDirectory>().ListAsync(CancellationToken.None)).Single().Roles.ShouldBe(Roles.Admin);
        var changes = await host.Get<IEventStore>().ReadAsync(new EventQuery(Type: EventTypes.HumanChanged), CancellationToken.None);
        changes[^1].Actor.ShouldBe("system:sign-in-link");
        admin.HasPassword.ShouldBeTrue();
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    // The test server starts the program on a thread of its own: when the program ends while it is still being started, the server may
    // report that instead of the reason. The reason is the same at every try.
    private OptionsValidationException RefusedStart(IReadOnlyDictionary<string, string> settings)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var host = SecurityHost.Start(settings, _directory);
            }
            catch (OptionsValidationException refused)
            {
                return refused;
            }
            catch (Exception other) when (attempt < 5)
            {
                TestContext.Current.TestOutputHelper?.WriteLine($"attempt {attempt}: {other.GetType().Name} {other.Message}");
                continue;
            }

            throw new InvalidOperationException("The program started.");
        }
    }
}
