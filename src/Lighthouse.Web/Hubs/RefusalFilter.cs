using Lighthouse.Contracts;
using Microsoft.AspNetCore.SignalR;

namespace Lighthouse.Web.Hubs;

/// <summary>Turns refusals into hub errors with their code, and everything else into <c>internal</c> without its inside.</summary>
internal sealed class RefusalFilter(ILogger<RefusalFilter> log) : IHubFilter
{
    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        try
        {
            return await next(invocationContext);
        }
        catch (LighthouseException refusal)
        {
            throw new HubException(HubErrors.Format(refusal), refusal);
        }
        catch (Exception exception) when (exception is not OperationCanceledException and not HubException)
        {
            log.HubCallFailed(exception, invocationContext.HubMethodName);
            throw new HubException(HubErrors.Format(new LighthouseException(ErrorCodes.Internal, "The tower failed; nothing was decided. Its log says why.")), exception);
        }
    }
}
