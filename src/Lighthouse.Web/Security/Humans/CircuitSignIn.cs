using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Identity;

namespace Lighthouse.Web.Security.Humans;

/// <summary>
/// Who sits at an open page. A circuit lives for hours on one connection, so the session is checked again every 30 s, and ended at once
/// when the human is changed in this process.
/// </summary>
internal sealed class CircuitSignIn : RevalidatingServerAuthenticationStateProvider
{
    private static readonly AuthenticationState SignedOut = new(new ClaimsPrincipal(new ClaimsIdentity()));

    private readonly IServiceScopeFactory _scopes;
    private readonly HumanChanges _changes;
    private volatile string? _userId;

    public CircuitSignIn(ILoggerFactory logs, IServiceScopeFactory scopes, HumanChanges changes)
        : base(logs)
    {
        (_scopes, _changes) = (scopes, changes);
        _changes.Changed += OnChanged;
        AuthenticationStateChanged += Remember;
    }

    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(30);

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        await using var scope = _scopes.CreateAsyncScope();
        var sessions = scope.ServiceProvider.GetRequiredService<SignInManager<LighthouseUser>>();
        return await sessions.ValidateSecurityStampAsync(authenticationState.User) is not null;
    }

    protected override void Dispose(bool disposing)
    {
        _changes.Changed -= OnChanged;
        AuthenticationStateChanged -= Remember;
        base.Dispose(disposing);
    }

    private void Remember(Task<AuthenticationState> state) =>
        _ = state.ContinueWith(
            done => _userId = done.IsCompletedSuccessfully ? done.GetAwaiter().GetResult().User.FindFirstValue(ClaimTypes.NameIdentifier) : null,
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    private void OnChanged(string userId)
    {
        if (userId == _userId)
        {
            SetAuthenticationState(Task.FromResult(SignedOut));
        }
    }
}
