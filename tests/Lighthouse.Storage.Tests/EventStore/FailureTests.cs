using System.Diagnostics;
using Lighthouse.Contracts;
using Lighthouse.Engine.EventStore.Contracts;
using Lighthouse.Engine.EventStore.Integrity;
using Lighthouse.Engine.EventStore.Storage;
using Lighthouse.Engine.EventStore.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Lighthouse.Storage.Tests.EventStore;

public sealed class FailureTests
{
    [Fact]
    public async Task Append_DatabaseLocked_IsRefusedThenWorksByItself()
    {
        await using var tower = new Tower();
        tower.Start();
        await tower.FillAsync(3);
        using (var other = tower.Open())
        {
            using var command = other.CreateCommand();
            command.CommandText = "BEGIN EXCLUSIVE";
            command.ExecuteNonQuery();

            var refused = await Should.ThrowAsync<LighthouseException>(tower.AppendAsync(Tower.Event("a", 0)));

            refused.Code.ShouldBe(ErrorCodes.StorageUnavailable);
            refused.RetryAfter.ShouldNotBeNull();
            tower.Store.Health.Writable.ShouldBeFalse();
            tower.Store.Health.Problem.ShouldNotBeNull().ShouldContain("locked");
            // Reading goes on.
            (await tower.Store.ReadAsync(new EventQuery(), CancellationToken.None)).Count.ShouldBe(3);
        }

        // Nobody appends: the store finds out alone that it can write again.
        await tower.Log.WaitForAsync("2005");
        tower.Store.Health.ShouldBe(new EventStoreHealth(true, null, 0, 3));
        (await tower.AppendAsync(Tower.Event("a", 0))).Position.ShouldBe(4);
        (await tower.Store.VerifyAsync(null, CancellationToken.None)).Ok.ShouldBeTrue();
        tower.Telemetry.Errors.ShouldBe(1);
    }

    [Fact]
    public async Task Append_QueueFull_IsOverloadedAndWhatWaitsIsStillWritten()
    {
        await using var tower = new Tower();
        tower.Start(o =>
        {
            o.QueueEvents = 10;
            o.LockTimeout = TimeSpan.FromSeconds(30);
        });
        var accepted = new List<Task<AppendResult>>();
        var refusals = 0;
        using (var other = tower.Open())
        {
            using var command = other.CreateCommand();
            command.CommandText = "BEGIN EXCLUSIVE";
            command.ExecuteNonQuery();
            while (refusals < 5)
            {
                var append = tower.AppendAsync(Tower.Event($"s-{accepted.Count}"));
                if (!append.IsFaulted)
                {
                    accepted.Add(append);
                    continue;
                }

                var refused = await Should.ThrowAsync<LighthouseException>(append);
                refused.Code.ShouldBe(ErrorCodes.Overloaded);
                refused.RetryAfter.ShouldNotBeNull();
                refusals++;
            }
        }

        var results = await Task.WhenAll(accepted);

        results.Select(r => r.Position).Order().ShouldBe(Enumerable.Range(1, accepted.Count).Select(i => (long)i));
        accepted.Count.ShouldBeInRange(10, 30);
    }

    [Fact]
    public async Task Append_DiskFull_IsRefusedAndWorksAgainWhenThereIsSpace()
    {
        await using var disk = SmallDisk.TryMount();
        if (disk is null)
        {
            // Nothing here can fill a disk without the right to mount one; the same path is then taken by the lock.
            TestContext.Current.TestOutputHelper?.WriteLine("A small tmpfs could not be mounted: full disk NOT tested, locked database instead.");
            await Append_DatabaseLocked_IsRefusedThenWorksByItself();
            return;
        }

        await using var tower = new Tower(disk.Directory);
        tower.Start();
        var ballast = Path.Combine(disk.Directory, "ballast");
        await File.WriteAllBytesAsync(ballast, new byte[1_500_000]);
        var acknowledged = new List<long>();
        LighthouseException? refused = null;
        var text = new string('x', 4_000);
        while (refused is null)
        {
            try
            {
                acknowledged.Add((await tower.AppendAsync(Tower.Event("a", text: text))).Position);
            }
            catch (LighthouseException exception)
            {
                refused = exception;
            }
        }

        refused.Code.ShouldBe(ErrorCodes.StorageUnavailable);
        refused.Message.ShouldContain("disk");
        await Should.ThrowAsync<LighthouseException>(tower.AppendAsync(Tower.Event("a", text: text)));

        File.Delete(ballast);
        var after = await tower.AppendAsync(Tower.Event("a", text: text));

        after.Position.ShouldBe(acknowledged.Count + 1);
        tower.Store.Health.Problem.ShouldBeNull();
        (await tower.Store.VerifyAsync(null, CancellationToken.None)).ShouldBe(new VerifyReport(true, after.Position, null, null));
    }

    [Fact]
    public async Task Append_FailedCommitThatWasDurableAfterAll_IsFoldedAndNotOverwritten()
    {
        var fold = new RecordingFold("test.happened");
        await using var tower = new Tower();
        tower.Start(more: s => s.AddSingleton<IEventFold>(fold));
        await tower.FillAsync(3);
        using (var log = new SqliteLog(tower.Database, TimeSpan.FromSeconds(5)))
        {
            // As a commit would leave it whose success never reached us: written with our key, right after our last event.
            var key = LogKey.Find(tower.Key);
            var batches = new BatchWriter(key, TimeProvider.System);
            using var reader = new SqliteLogReader(tower.Database, TimeSpan.FromSeconds(5));
            batches.ContinueFrom(3, reader.Tail().LastHash);
            batches.Write(log, [new PendingAppend([Tower.Event("late")], 1, 0)]);
        }

        // The position is taken: this one fails, and the next finds the right end of the log.
        await Should.ThrowAsync<LighthouseException>(tower.AppendAsync(Tower.Event("b")));
        (await tower.AppendAsync(Tower.Event("b"))).Position.ShouldBe(5);

        fold.Positions.ShouldBe([1, 2, 3, 4, 5]);
        (await tower.Store.VerifyAsync(null, CancellationToken.None)).Ok.ShouldBeTrue();
    }

    [Fact]
    public async Task Append_WriteAheadLogDeletedMeanwhile_LosesNothingAcknowledged()
    {
        await using var tower = new Tower();
        tower.Start();
        await tower.FillAsync(20);
        File.Delete(tower.Database + "-wal");

        (await Should.ThrowAsync<LighthouseException>(tower.AppendAsync(Tower.Event("a")))).Code.ShouldBe(ErrorCodes.StorageUnavailable);
        await tower.AppendAsync(Tower.Event("b"));

        // The refused one may be in the log: nobody was told either way.
        (await tower.Store.VerifyAsync(null, CancellationToken.None)).Problem.ShouldBeNull();
        (await tower.Store.ReadAsync(new EventQuery(), CancellationToken.None)).Count(e => e.Stream.StartsWith("stream-", StringComparison.Ordinal)).ShouldBe(20);
        await tower.RestartAsync();
        (await tower.Store.ReadStreamAsync("b", CancellationToken.None)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Append_DatabaseDeletedMeanwhile_IsNotAcknowledgedIntoNothing()
    {
        await using var tower = new Tower();
        tower.Start();
        await tower.FillAsync(20);
        File.Delete(tower.Database);

        await Should.ThrowAsync<LighthouseException>(tower.AppendAsync(Tower.Event("a")));
        (await tower.AppendAsync(Tower.Event("b"))).Position.ShouldBe(21);

        tower.Store.Health.Problem.ShouldNotBeNull().ShouldContain("changed while Lighthouse was running");
        (await tower.Store.VerifyAsync(null, CancellationToken.None)).FirstBrokenPosition.ShouldBe(1);
        await tower.RestartAsync();
        (await tower.Store.ReadStreamAsync("b", CancellationToken.None)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Start_NewDirectory_IsClosedToOtherUsers()
    {
        await using var tower = new Tower();
        tower.Start();
        await tower.FillAsync(1);
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute |
            UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        foreach (var path in new[] { tower.Directory, tower.Database, tower.Database + "-wal", tower.Key, Path.GetDirectoryName(tower.Key)! })
        {
            (File.GetUnixFileMode(path) & others).ShouldBe(UnixFileMode.None, path);
        }
    }

    [Fact]
    public async Task Stop_WithAppendsWaiting_WritesThemFirst()
    {
        await using var tower = new Tower();
        tower.Start();
        var waiting = Enumerable.Range(0, 500).Select(i => tower.AppendAsync(Tower.Event($"s-{i}"))).ToList();

        await tower.StopAsync();

        (await Task.WhenAll(waiting)).Max(r => r.Position).ShouldBe(500);
        tower.Start();
        tower.Store.Head.ShouldBe(500);
    }

    private sealed class SmallDisk(string directory) : IAsyncDisposable
    {
        public string Directory { get; } = directory;

        public static SmallDisk? TryMount()
        {
            var directory = System.IO.Directory.CreateTempSubdirectory("lighthouse-small-disk-").FullName;
            return Run("mount", "-t", "tmpfs", "-o", "size=3m,mode=0700", "tmpfs", directory) == 0 ? new SmallDisk(directory) : null;
        }

        public ValueTask DisposeAsync()
        {
            Run("umount", "--lazy", Directory).ShouldBe(0);
            System.IO.Directory.Delete(Directory);
            return ValueTask.CompletedTask;
        }

        private static int Run(string program, params string[] arguments)
        {
            using var process = Process.Start(program, arguments);
            process.WaitForExit();
            return process.ExitCode;
        }
    }
}
