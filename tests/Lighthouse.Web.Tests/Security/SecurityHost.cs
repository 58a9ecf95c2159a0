using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Web.Security.Bootstrap;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Lighthouse.Web.Tests.Security;

/// <summary>The real program on a real port over a folder of its own, under a clock that only the test moves.</summary>
internal sealed partial class SecurityHost : IDisposable
{
    public const string Password = "a long enough Password";
    public const string AgentKey = "agent-key-0123456789abcdef0123456789";
    public const string ExpertKey = "expert-key-0123456789abcdef0123456789";
    public const string OperatorKey = "operator-key-0123456789abcdef0123456789";

    private readonly Factory _factory;
    private readonly StringWriter _console = new();
    private readonly bool _ownsDirectory;

    private SecurityHost(string? directory, IReadOnlyDictionary<string, string> settings, FakeTimeProvider? clock)
    {
        _ownsDirectory = directory is null;
        DataDirectory = directory ?? Directory.CreateTempSubdirectory("lighthouse-test-").FullName;
        Clock = clock ?? new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        _factory = new Factory(this, settings);
        _factory.UseKestrel(0);
        try
        {
            _factory.StartServer();
        }
        catch
        {
            Dispose();
            throw;
        }

        Address = new Uri(Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    public static IReadOnlyDictionary<string, string> Everything { get; } = new Dictionary<string, string>
    {
        ["Lighthouse:Bootstrap:AdminPassword"] = Password,
        ["Lighthouse:Bootstrap:AgentKey"] = AgentKey,
        ["Lighthouse:Bootstrap:ExpertKey"] = ExpertKey,
        ["Lighthouse:Bootstrap:OperatorKey"] = OperatorKey,
    };

    public CapturedLog Log { get; } = new();
    public string DataDirectory { get; }
    public FakeTimeProvider Clock { get; }
    public Uri Address { get; }
    public IServiceProvider Services => _factory.Services;
    public string Console => _console.ToString();
    public string? PrintedToken => Token().Match(Console) is { Success: true } found ? found.Groups["token"].Value : null;

    public static SecurityHost Start(IReadOnlyDictionary<string, string>? settings = null, string? directory = null, FakeTimeProvider? clock = null) =>
        new(directory, settings ?? Everything, clock);

    public T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    public async Task<string> AdminKeyAsync() =>
        (await Get<IAgentDirectory>().CreateKeyAsync(
            new Caller("u-admin", CallerKind.Human, Roles.Admin, "admin", null, null) { Proof = new(Clock.GetUtcNow(), Here: true) }, new NewKey { Name = "admin key", Role = Roles.Admin, Owner = "admin" }, CancellationToken.None)).Secret;

    public async Task<(int Status, string? Code, HttpResponseMessage Answer)> CallAsync(
        string method, string path, string? key = null, string? body = null, params (string Name, string Value)[] headers)
    {
        // A server that is busy for a second must not make the client send a body that nobody reads.
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, Expect100ContinueTimeout = TimeSpan.FromSeconds(30) };
        using var http = new HttpClient(handler) { BaseAddress = Address };
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + key);
        }

        if (body is not null)
        {
            request.Content = new StringContent(body, null, "application/json");
            // A refusal before the body was sent is then an answer, and not a broken pipe.
            request.Headers.ExpectContinue = body.Length > 100_000;
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        var answer = await http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return ((int)answer.StatusCode, Code(answer, text), answer);
    }

    public HumanBrowser Browser() => new(Address);

    public void Dispose()
    {
        _factory.Dispose();
        _console.Dispose();
        if (_ownsDirectory)
        {
            Directory.Delete(DataDirectory, recursive: true);
        }
    }

    private static string? Code(HttpResponseMessage answer, string text) =>
        answer.Content.Headers.ContentType?.MediaType == "application/problem+json" ? JsonDocument.Parse(text).RootElement.GetProperty("code").GetString() : null;

    [GeneratedRegex(@"/sign-in/link\?token=(?<token>\S+)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Token();

    private sealed class Factory(SecurityHost host, IReadOnlyDictionary<string, string> settings) : WebApplicationFactory<Program>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment("Production");
            builder.UseSetting("Lighthouse:DataDirectory", host.DataDirectory);
            builder.UseSetting("urls", "http://127.0.0.1:0");
            foreach (var (name, value) in settings)
            {
                builder.UseSetting(name, value);
            }

            builder.ConfigureLogging(logging => logging.ClearProviders().AddProvider(host.Log));
            builder.ConfigureTestServices(services =>
            {
                services.Replace(ServiceDescriptor.Singleton<TimeProvider>(host.Clock));
                services.Replace(ServiceDescriptor.Singleton(new ConsoleNotice(host._console)));
            });
        }
    }
}

/// <summary>Forms and cookies, as a browser has them.</summary>
internal sealed partial class HumanBrowser(Uri address) : IDisposable
{
    private readonly CookieContainer _cookies = new();
    private HttpClient? _http;

    public HttpClient Http => _http ??= new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = _cookies }) { BaseAddress = address };

    public string? Cookie(string name) => _cookies.GetCookies(address)[name]?.Value;

    public void SetCookie(string name, string value) => _cookies.Add(address, new Cookie(name, value));

    public async Task<HttpResponseMessage> PostFormAsync(string page, string action, params (string Name, string Value)[] fields)
    {
        var html = await Http.GetStringAsync(page);
        return await PostAsync(action, [("__RequestVerificationToken", FormTokenOf(html)), .. fields]);
    }

    public static string FormTokenOf(string html)
    {
        var token = FormToken().Match(html).Groups["token"].Value;
        token.ShouldNotBeEmpty();
        return token;
    }

    public async Task<HttpResponseMessage> PostAsync(string action, params (string Name, string Value)[] fields)
    {
        var answer = await Http.PostAsync(action, new FormUrlEncodedContent(fields.Select(static field => KeyValuePair.Create(field.Name, field.Value))));
        answer.StatusCode.ShouldBe(HttpStatusCode.Found, await answer.Content.ReadAsStringAsync());
        return answer;
    }

    public async Task<string> SignInAsync(string user = "admin", string password = SecurityHost.Password, string returnUrl = "/") =>
        (await PostFormAsync("/sign-in", "/sign-in", ("user", user), ("password", password), ("returnUrl", returnUrl))).Headers.Location!.OriginalString;

    public async Task<string> FollowLinkAsync(string token) =>
        (await PostFormAsync("/sign-in/link?token=" + token, "/sign-in/link", ("token", token))).Headers.Location!.OriginalString;

    public async Task<string> SetPasswordAsync(string password, string? current = null) =>
        (await PostFormAsync("/account/password", "/account/password", ("password", password), ("again", password), ("current", current ?? ""))).Headers.Location!.OriginalString;

    public async Task<bool> IsSignedInAsync()
    {
        var answer = await Http.GetAsync("/account/password");
        answer.StatusCode.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.Found);
        return answer.StatusCode == HttpStatusCode.OK;
    }

    public void Dispose() => _http?.Dispose();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex FormToken();
}
