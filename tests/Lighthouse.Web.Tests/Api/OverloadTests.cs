using Lighthouse.Contracts;
using Lighthouse.Web.Tests.Security;
using Microsoft.Data.Sqlite;

namespace Lighthouse.Web.Tests.Api;

public sealed class OverloadTests
{
    private const string Decide = """{"tool":"Bash","input":{"command":"ls -la"},"workingDirectory":"/home/test/project"}""";

    [Fact]
    public async Task MoreThanTheNodeHolds_Is503WithRetryAfter_AndNothingIsDecided()
    {
        using var host = SecurityHost.Start(new Dictionary<string, string>(SecurityHost.Everything) { ["Lighthouse:Pipeline:MaxRequests"] = "1" });
        // Somebody else holds the log's file: whoever is recorded first waits, and stays under way.
        await using var other = new SqliteConnection($"Data Source={Path.Combine(host.DataDirectory, "lighthouse.db")};Pooling=False");
        await other.OpenAsync(TestContext.Current.CancellationToken);
        await using var transaction = await other.BeginTransactionAsync(System.Data.IsolationLevel.Serializable, TestContext.Current.CancellationToken);
        var asked = new List<Task<(int Status, string? Code, HttpResponseMessage Answer)>>();
        for (var i = 0; i < 2; i++)
        {
            asked.Add(host.CallAsync("POST", "/api/v1/decisions", SecurityHost.AgentKey, Decide));
        }

        var refused = await await Task.WhenAny(asked);
        (refused.Status, refused.Code).ShouldBe((503, ErrorCodes.Overloaded));
        refused.Answer.Headers.RetryAfter.ShouldNotBeNull().Delta!.Value.ShouldBeGreaterThan(TimeSpan.Zero);
        await transaction.RollbackAsync(TestContext.Current.CancellationToken);
        (await Task.WhenAll(asked)).Select(static one => one.Status).Order().ShouldBe([200, 503]);
        (await host.CallAsync("POST", "/api/v1/decisions", SecurityHost.AgentKey, Decide)).Status.ShouldBe(200);
    }
}
