using MudBlazor;

namespace Lighthouse.Web.Shell;

/// <summary>Type and shape. Colours live in wwwroot/css/tokens.css, once for both modes, so that switching never asks the server.</summary>
internal static class LighthouseTheme
{
    private static readonly string[] Font =
        ["ui-sans-serif", "system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "Liberation Sans", "sans-serif"];

    public static MudTheme Theme { get; } = new()
    {
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "5px" },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = Font, FontSize = "13.5px", LineHeight = "1.5", LetterSpacing = "0" },
            Body1 = new Body1Typography { FontFamily = Font, FontSize = "13.5px", LineHeight = "1.5", LetterSpacing = "0" },
            Body2 = new Body2Typography { FontFamily = Font, FontSize = "13px", LineHeight = "1.5", LetterSpacing = "0" },
            H6 = new H6Typography { FontFamily = Font, FontSize = "16px", FontWeight = "600", LetterSpacing = "0" },
            Button = new ButtonTypography { FontFamily = Font, FontSize = "13.5px", FontWeight = "550", TextTransform = "none", LetterSpacing = "0" },
        },
    };
}
