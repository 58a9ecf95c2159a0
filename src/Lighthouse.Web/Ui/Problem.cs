using Lighthouse.Contracts;

namespace Lighthouse.Web.Ui;

/// <summary>A refusal in the words of the screen: what happened, and the code to search for.</summary>
public sealed record Problem(string Code, string Message)
{
    public static Problem From(LighthouseException exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return new(exception.Code, exception.Message);
    }
}
