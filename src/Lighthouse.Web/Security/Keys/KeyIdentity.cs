using System.Security.Claims;
using Lighthouse.Engine.Identity.Contracts;

namespace Lighthouse.Web.Security.Keys;

/// <summary>A verified key. It carries the caller itself, so that nothing is parsed back from claims.</summary>
internal sealed class KeyIdentity(Caller caller)
    : ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, caller.Id), new Claim(ClaimTypes.Name, caller.Name)], KeyAuthentication.Scheme)
{
    public Caller Caller { get; } = caller;
}
