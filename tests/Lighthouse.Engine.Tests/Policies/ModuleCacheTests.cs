using System.Security.Cryptography;
using Lighthouse.Engine.Tests.Support;

namespace Lighthouse.Engine.Tests.Policies;

public sealed class ModuleCacheTests : IDisposable
{
    private static readonly byte[] Identity = SHA256.HashData("a module"u8);
    private static readonly byte[] Code = RandomNumberGenerator.GetBytes(4_096);
    private readonly string _directory = Directory.CreateTempSubdirectory("lighthouse-test-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Code_IsFoundAgain_ForItsModuleOnly()
    {
        var cache = SharedCedar.Cache(_directory);
        cache.Find(Identity).ShouldBeNull();
        cache.Keep(Identity, Code);
        SharedCedar.Cache(_directory).Find(Identity).ShouldNotBeNull().ToArray().ShouldBe(Code);
        cache.Find(SHA256.HashData("another module"u8)).ShouldBeNull();
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void Code_AndKey_AreForTheirOwnerAlone()
    {
        var cache = SharedCedar.Cache(_directory);
        cache.Keep(Identity, Code);
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(cache.FilePath)!))
        {
            File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        File.SetUnixFileMode(cache.FilePath, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupWrite);
        cache.Find(Identity).ShouldBeNull();
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void DataDirectory_ThatIsMadeForTheCode_IsForItsOwnerAlone()
    {
        // The command line may be the first to need it: what the server stores there later must not be open to others.
        var data = Path.Combine(_directory, "data");
        SharedCedar.Cache(data).Keep(Identity, Code);
        File.GetUnixFileMode(data).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public void Code_WithOneBitChanged_Shortened_OrOfAnotherInstallation_IsNotTrusted()
    {
        var cache = SharedCedar.Cache(_directory);
        cache.Keep(Identity, Code);
        var kept = File.ReadAllBytes(cache.FilePath);
        for (var at = 0; at < kept.Length; at += 97)
        {
            var changed = kept.ToArray();
            changed[at] ^= 1;
            Put(changed);
            cache.Find(Identity).ShouldBeNull();
        }

        Put(kept[..^1]);
        cache.Find(Identity).ShouldBeNull();
        Put([]);
        cache.Find(Identity).ShouldBeNull();

        var other = SharedCedar.Cache(Path.Combine(_directory, "other"));
        other.Keep(Identity, Code);
        Put(File.ReadAllBytes(other.FilePath));
        cache.Find(Identity).ShouldBeNull();

        void Put(byte[] bytes) => File.WriteAllBytes(cache.FilePath, bytes);
    }

    [Fact]
    public void Engine_WithACorruptCache_IsCompiledAnew_AndTheCacheMadeGood()
    {
        var cache = SharedCedar.Cache(_directory);
        cache.Keep(Identity, Code);
        File.WriteAllText(cache.FilePath, "not machine code");
        using (var module = SharedCedar.New(_directory))
        {
            module.Module.Exports.ShouldNotBeEmpty();
        }

        new FileInfo(cache.FilePath).Length.ShouldBeGreaterThan(1_000_000);
        using var second = SharedCedar.New(_directory);
        second.Module.Exports.ShouldNotBeEmpty();
    }

    [Fact]
    public void SignedCode_ThatIsNoModule_IsCompiledAnew()
    {
        var cache = SharedCedar.Cache(_directory);
        using (var stream = typeof(Lighthouse.Engine.EngineServiceCollectionExtensions).Assembly.GetManifestResourceStream("cedar.wasm")!)
        {
            cache.Keep(SHA256.HashData(stream), Code);
        }

        using var module = SharedCedar.New(_directory);
        module.Module.Exports.ShouldNotBeEmpty();
    }
}
