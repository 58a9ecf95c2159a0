using System.Text.RegularExpressions;
using Lighthouse.Contracts;
using Lighthouse.Engine.Identity.Contracts;
using Lighthouse.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Lighthouse.Web.Tests.Security;

/// <summary>docs/routes.md is the table of who may use which route; it is compared with what the program has, and then tried.</summary>
public sealed partial class RouteTableTests : IDisposable
{
    private const string Anybody = "anybody";
    private const string AnyMethod = "ANY";

    private static readonly (Roles Role, string Word)[] KeyRoles =
        [(Roles.Agent, "agent"), (Roles.Expert, "expert"), (Roles.Operator, "operator"), (Roles.Admin, "admin")];

    private readonly SecurityHost _host = SecurityHost.Start();

    [Fact]
    public void Document_SaysWhatTheProgramDoes()
    {
        var actual = Routes().Select(static route => $"| `{route.Method} {route.Path}` | {route.Who} |").Distinct().Order(StringComparer.Ordinal).ToList();

        var written = File.ReadAllLines(Path.Combine(RepositoryRoot.Path, "docs", "routes.md")).Where(static line => line.StartsWith("| `", StringComparison.Ordinal)).ToList();

        written.ShouldBe(actual, "docs/routes.md; the table should be:\n" + string.Join('\n', actual));
    }

    [Fact]
    public void EveryRoute_NamesItsPolicy() =>
        Endpoints().Where(static endpoint => !IsFile(endpoint) && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null && endpoint.Metadata.GetMetadata<IAuthorizeData>() is null)
            .Select(static endpoint => endpoint.DisplayName)
            .ShouldBeEmpty();

    [Fact]
    public async Task KeyRoute_AnswersItsRoles_AndNoOthers()
    {
        var keys = new Dictionary<Roles, string>
        {
            [Roles.Agent] = SecurityHost.AgentKey, [Roles.Expert] = SecurityHost.ExpertKey, [Roles.Operator] = SecurityHost.OperatorKey, [Roles.Admin] = await _host.AdminKeyAsync(),
        };
        var tried = 0;
        foreach (var route in Routes().Where(static route => route.Requirement?.Kind == CallerKind.Key))
        {
            var (method, path) = (route.Method == AnyMethod ? "GET" : route.Method, Parameter().Replace(route.Path, "x-nobody"));
            (await _host.CallAsync(method, path, body: method == "GET" ? null : "{}")).Status.ShouldBe(401, route.Path);
            foreach (var (role, key) in keys)
            {
                var (_, code, answer) = await _host.CallAsync(method, path, key, method == "GET" ? null : "{}");
                // Past the door, other refusals are fine: the id does not exist and the body is empty.
                var refused = code == ErrorCodes.Forbidden && (await answer.Content.ReadAsStringAsync()).Contains("role of this key", StringComparison.Ordinal);
                refused.ShouldBe((route.Requirement!.AnyOf & role) == 0, $"{route.Method} {route.Path} as {role}");
                code.ShouldNotBe(ErrorCodes.Unauthenticated, route.Path);
                tried++;
            }
        }

        tried.ShouldBeGreaterThan(80);
    }

    [Fact]
    public async Task Page_AnswersNobodyWhoIsNotSignedIn()
    {
        foreach (var route in Routes().Where(static route => route is { Requirement.Kind: CallerKind.Human, Method: "GET" or AnyMethod } && !route.Path.Contains('{', StringComparison.Ordinal)))
        {
            // Without a session, and with a key instead of one.
            (await _host.CallAsync("GET", route.Path)).Status.ShouldBeOneOf(302, 401);
            (await _host.CallAsync("GET", route.Path, SecurityHost.OperatorKey)).Status.ShouldBeOneOf(302, 401);
        }
    }

    [Fact]
    public async Task RouteWithoutAPolicy_AnswersNobody()
    {
        var authorization = _host.Get<IAuthorizationService>();
        var fallback = (await _host.Get<IAuthorizationPolicyProvider>().GetFallbackPolicyAsync())!;
        var admin = new System.Security.Claims.ClaimsPrincipal(new System.Security.Claims.ClaimsIdentity(
            [new(System.Security.Claims.ClaimTypes.Role, "admin")], Microsoft.AspNetCore.Identity.IdentityConstants.ApplicationScheme));
        var forgotten = new DefaultHttpContext { User = admin };
        forgotten.SetEndpoint(new Endpoint(null, EndpointMetadataCollection.Empty, "forgotten"));

        (await authorization.AuthorizeAsync(admin, forgotten, fallback)).Succeeded.ShouldBeFalse();
        (await authorization.AuthorizeAsync(admin, new DefaultHttpContext { User = admin }, fallback)).Succeeded.ShouldBeTrue();
    }

    public void Dispose() => _host.Dispose();

    private IEnumerable<RouteEndpoint> Endpoints() =>
        _host.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    private IEnumerable<Route> Routes()
    {
        foreach (var endpoint in Endpoints().Where(static endpoint => !IsFile(endpoint)))
        {
            var path = PathOf(endpoint);
            var policies = endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(static data => data.Policy ?? Policies.Human).Distinct().ToList();
            var open = endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null;
            policies.Count.ShouldBeLessThanOrEqualTo(2, path);
            // A page's own demand stands beside "a signed-in human"; the stricter one decides.
            var requirement = open || policies.Count == 0 ? null : policies.Select(static policy => Policies.All[policy]).MinBy(static one => int.PopCount((int)one.AnyOf));
            foreach (var method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [AnyMethod])
            {
                // Pages answer POST for static forms; what a page shows is the same.
                if (method != "POST" || endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.Components.Endpoints.ComponentTypeMetadata>() is null)
                {
                    yield return new Route(method, path, requirement, open ? Anybody : requirement is null ? "nobody" : Words(requirement));
                }
            }
        }
    }

    private static string Words(AccessRequirement requirement) => requirement.Kind == CallerKind.Key
        ? "key: " + string.Join(", ", KeyRoles.Where(one => requirement.AnyOf.HasFlag(one.Role)).Select(static one => one.Word))
        : "human: " + (requirement.AnyOf == Policies.All[Policies.Human].AnyOf ? "any role" : string.Join(", ", CallerExtensions.HumanRoles.Where(one => requirement.AnyOf.HasFlag(one.Role)).Select(static one => one.Word)));

    // Hundreds of fingerprinted addresses, all open: one line of the document speaks for them. The fallback looks for files that came
    // after the build; it has no policy and answers nobody.
    private static bool IsFile(RouteEndpoint endpoint) => endpoint.RoutePattern.RawText == "{**path:file}" || endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.StaticAssets.StaticAssetDescriptor>() is not null;

    private static string PathOf(RouteEndpoint endpoint) => "/" + endpoint.RoutePattern.RawText!.TrimStart('/');

    [GeneratedRegex(@"\{[^}]*\}", RegexOptions.NonBacktracking)]
    private static partial Regex Parameter();

    private sealed record Route(string Method, string Path, AccessRequirement? Requirement, string Who);
}
