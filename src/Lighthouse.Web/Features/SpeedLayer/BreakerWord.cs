using Lighthouse.Engine.Validation.Contracts;

namespace Lighthouse.Web.Features.SpeedLayer;

internal static class BreakerWord
{
    public static string Of(BreakerState state) => state switch { BreakerState.Closed => "closed", BreakerState.Open => "open", _ => "half open" };

    public static string Shape(BreakerState state) => state switch { BreakerState.Closed => "✓", BreakerState.Open => "✕", _ => "◆" };
}
