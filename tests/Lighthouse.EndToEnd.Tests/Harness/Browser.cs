using Microsoft.Playwright;

namespace Lighthouse.EndToEnd.Tests.Harness;

/// <summary>Chromium with one page, at the size and in the theme asked for.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Browser(IPlaywright playwright, IBrowser browser, IPage page)
    {
        _playwright = playwright;
        _browser = browser;
        Page = page;
        page.Response += (_, response) => Responses.Add(response);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                Errors.Add(message.Text);
            }
        };
        page.PageError += (_, error) => Errors.Add(error);
    }

    public IPage Page { get; }
    public List<IResponse> Responses { get; } = [];

    /// <summary>Errors on the browser's console.</summary>
    public List<string> Errors { get; } = [];

    public static async Task<Browser> StartAsync(Uri server, int width = 1440, int height = 900, bool dark = true)
    {
        var program = Places.FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException("Chromium is missing; ./test installs it, or: apt-get install chromium");
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = program,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
        });
        var page = await browser.NewPageAsync(new BrowserNewPageOptions
        {
            BaseURL = server.AbsoluteUri,
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
        });
        page.SetDefaultTimeout(20_000);
        await page.AddInitScriptAsync($"localStorage.setItem('lighthouse.theme', '{(dark ? "dark" : "light")}')");
        return new Browser(playwright, browser, page);
    }

    public async Task SignInAsync()
    {
        await Page.GotoAsync("sign-in");
        await Page.GetByLabel("User name").FillAsync("admin");
        await Page.GetByLabel("Password").FillAsync(Tower.AdminPassword);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Page.WaitForURLAsync(static url => !url.Contains("sign-in", StringComparison.Ordinal));
    }

    /// <summary>Opens a page and waits until its live connection stands.</summary>
    public async Task OpenAsync(string path)
    {
        var socket = Page.WaitForWebSocketAsync();
        await Page.GotoAsync(path);
        await socket;
        await Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
