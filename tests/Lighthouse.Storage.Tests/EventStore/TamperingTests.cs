using CsCheck;
using Lighthouse.Contracts;
using Lighthouse.Engine.EventStore.Contracts;

namespace Lighthouse.Storage.Tests.EventStore;

public sealed class TamperingTests
{
    [Fact]
    public async Task Verify_AnyTampering_IsNamedAndNeverForgotten()
    {
        await using var original = new Tower();
        original.Start();
        await original.FillAsync(Tampering.Events);
        await original.StopAsync();

        await Tampering.Any.SampleAsync(
            async tampering =>
            {
                await using var copy = Copy(original);
                using (var connection = copy.Open())
                {
                    copy.Tamper();
                    tampering.Apply(connection);
                }

                var report = await EventLogVerifier.VerifyAsync(copy.Directory, null, CancellationToken.None);
                report.Ok.ShouldBeFalse(tampering.What);
                report.FirstBrokenPosition.ShouldBe(tampering.Expected, $"{tampering.What}: {report.Problem}");

                // Lighthouse starts, works, and whatever it writes afterwards, the damage stays visible.
                for (var start = 0; start < 2; start++)
                {
                    copy.Start();
                    await copy.AppendAsync(Tower.Event("after", start));
                    (await copy.Store.ReadStreamAsync("after", CancellationToken.None)).Count.ShouldBe(start + 1, tampering.What);
                    (await copy.Store.VerifyAsync(null, CancellationToken.None)).Ok.ShouldBeFalse(tampering.What);
                    copy.Store.Health.Problem.ShouldNotBeNull(tampering.What);
                    copy.Store.Health.Writable.ShouldBeTrue(tampering.What);
                    await copy.StopAsync();
                }
            },
            iter: 60, threads: 1, print: t => t.What);
    }

    [Fact]
    public async Task Start_TailRemoved_IsDegradedAtOnceAndGoesOnAfterTheGap()
    {
        await using var tower = new Tower();
        tower.Start();
        await tower.FillAsync(10);
        await tower.StopAsync();
        tower.Tamper("DELETE FROM events WHERE position > 7");

        tower.Start();

        tower.Store.Health.Problem.ShouldNotBeNull().ShouldContain("ends at position 7");
        (await tower.AppendAsync(Tower.Event("new"))).Position.ShouldBe(11);
        (await tower.Store.VerifyAsync(null, CancellationToken.None)).FirstBrokenPosition.ShouldBe(8);
    }

    [Fact]
    public async Task Start_WholeDatabaseRemovedButKeyLeft_IsNoFirstStart()
    {
        await using var tower = new Tower();
        tower.Start();
        await tower.FillAsync(10);
        await tower.StopAsync();
        File.Delete(tower.Database);

        tower.Start();

        tower.Store.Health.Problem.ShouldNotBeNull();
        tower.Store.Head.ShouldBeGreaterThan(0);
        await tower.AppendAsync(Tower.Event("new"));
        (await tower.Store.VerifyAsync(null, CancellationToken.None)).FirstBrokenPosition.ShouldBe(1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Start_KeyMissing_IsDegradedAndMakesNoNewKey(bool appendsMeanwhile)
    {
        await using var tower = new Tower();
        tower.Start();
        await tower.FillAsync(10);
        await tower.StopAsync();
        var key = await File.ReadAllBytesAsync(tower.Key);
        File.Delete(tower.Key);

        tower.Start();
        tower.Store.Health.Problem.ShouldNotBeNull().ShouldContain("log.key");
        if (appendsMeanwhile)
        {
            await tower.AppendAsync(Tower.Event("unprotected"));
        }

        await tower.StopAsync();
        File.Exists(tower.Key).ShouldBeFalse();
        (await EventLogVerifier.VerifyAsync(tower.Directory, null, CancellationToken.None)).Problem.ShouldNotBeNull();
        await File.WriteAllBytesAsync(tower.Key, key);

        tower.Start();

        // What was written without the key stays unproved for ever.
        (await tower.Store.VerifyAsync(null, CancellationToken.None)).Ok.ShouldBeFalse();
    }

    [Fact]
    public async Task Start_TriggersRemoved_SaysSo()
    {
        await using var tower = new Tower();
        tower.Start();
        await tower.FillAsync(3);
        await tower.StopAsync();
        tower.Tamper();

        tower.Start();

        tower.Log.Lines.Count(l => l.StartsWith("2002", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact]
    public async Task Events_ChangedByMistake_AreRefused()
    {
        await using var tower = new Tower();
        tower.Start();
        await tower.FillAsync(3);
        using var connection = tower.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "DELETE FROM events";
        Should.Throw<Microsoft.Data.Sqlite.SqliteException>(() => command.ExecuteNonQuery()).Message.ShouldContain("append-only");
    }

    [Fact]
    public async Task Verify_BesideBusyWriters_RaisesNoFalseAlarm()
    {
        await using var tower = new Tower();
        tower.Start();
        await tower.FillAsync(500);
        using var stop = new CancellationTokenSource();
        var writers = Enumerable.Range(0, 20).Select(w => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await tower.AppendAsync(Tower.Event($"busy-{w}"), Tower.Event("shared"));
            }
        })).ToList();

        for (var round = 0; round < 10; round++)
        {
            (await tower.Store.VerifyAsync(null, CancellationToken.None)).ShouldSatisfyAllConditions(
                r => r.Problem.ShouldBeNull(), r => r.Ok.ShouldBeTrue(), r => r.Events.ShouldBeGreaterThanOrEqualTo(500));
        }

        await stop.CancelAsync();
        await Task.WhenAll(writers);
    }

    [Fact]
    public async Task Verify_TamperedThenPutBack_IsWellAgain()
    {
        await using var tower = new Tower();
        tower.Start();
        await tower.FillAsync(10);
        await tower.StopAsync();
        tower.Tamper("UPDATE events SET actor = 'x' WHERE position = 4");
        tower.Start();
        (await tower.Store.VerifyAsync(null, CancellationToken.None)).FirstBrokenPosition.ShouldBe(4);
        tower.Store.Health.Problem.ShouldNotBeNull();
        tower.Tamper("UPDATE events SET actor = 'system:test' WHERE position = 4");

        (await tower.Store.VerifyAsync(null, CancellationToken.None)).ShouldBe(new VerifyReport(true, 10, null, null));

        tower.Store.Health.Problem.ShouldBeNull();
    }

    [Fact]
    public async Task Verify_DamagedPages_NamesAPositionInsteadOfFailing()
    {
        await using var tower = new Tower();
        tower.Start();
        await tower.FillAsync(500);
        await tower.StopAsync();
        var bytes = await File.ReadAllBytesAsync(tower.Database);
        bytes.AsSpan(bytes.Length / 2, 8_192).Fill(0xFF);
        await File.WriteAllBytesAsync(tower.Database, bytes);

        var report = await EventLogVerifier.VerifyAsync(tower.Directory, null, CancellationToken.None);

        report.Ok.ShouldBeFalse();
        report.FirstBrokenPosition.ShouldNotBeNull().ShouldBeInRange(1, 500);
    }

    private static Tower Copy(Tower original)
    {
        var copy = new Tower();
        Directory.CreateDirectory(Path.Combine(copy.Directory, "keys"));
        File.Copy(original.Database, copy.Database);
        File.Copy(original.Key, copy.Key);
        return copy;
    }
}
