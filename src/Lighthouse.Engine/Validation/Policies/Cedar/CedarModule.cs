using System.Security.Cryptography;
using Lighthouse.Contracts;
using Microsoft.Extensions.Logging;
using Wasmtime;

namespace Lighthouse.Engine.Validation.Policies.Cedar;

/// <summary>
/// The compiled Cedar engine, made at the first policy set and not before. Compiling takes seconds, so the machine code is kept in
/// the data directory.
/// </summary>
internal sealed class CedarModule(ModuleCache cache, ILogger<CedarModule> log) : IDisposable
{
    private const string Resource = "cedar.wasm";
    private readonly Lock _lock = new();
    private Loaded? _loaded;
    private bool _disposed;

    public Wasmtime.Engine Engine => Get().Engine;

    public Module Module => Get().Module;

    /// <summary>True once somebody needed it.</summary>
    public bool IsLoaded => Volatile.Read(ref _loaded) is not null;

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _loaded?.Module.Dispose();
            _loaded?.Engine.Dispose();
            _loaded = null;
        }
    }

    private Loaded Get() => Volatile.Read(ref _loaded) ?? Load();

    private Loaded Load()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_loaded is { } known)
            {
                return known;
            }

            var wasm = Wasm();
            // Nothing that the module does not need: fewer features, less to get wrong.
            using var config = new Config()
                .WithEpochInterruption(enable: true)
                .WithReferenceTypes(enable: true)
                .WithMaximumStackSize(512 << 10);
            var engine = new Wasmtime.Engine(config);
            try
            {
                var identity = SHA256.HashData(wasm);
                var loaded = new Loaded(engine, FromCache(engine, identity) ?? Compile(engine, wasm, identity));
                Volatile.Write(ref _loaded, loaded);
                return loaded;
            }
            catch
            {
                engine.Dispose();
                throw;
            }
        }
    }

    private Module? FromCache(Wasmtime.Engine engine, byte[] identity)
    {
        if (cache.Find(identity) is not { } code)
        {
            return null;
        }

        try
        {
            return Module.Deserialize(engine, "cedar", code.Span);
        }
        catch (WasmtimeException exception)
        {
            // Ours, but of another processor or version: compile anew.
            log.ModuleCacheUnusable(exception.Message);
            return null;
        }
    }

    private Module Compile(Wasmtime.Engine engine, byte[] wasm, byte[] identity)
    {
        log.ModuleCompiling();
        var module = Module.FromBytes(engine, "cedar", wasm);
        cache.Keep(identity, module.Serialize());
        return module;
    }

    private static byte[] Wasm()
    {
        using var stream = typeof(CedarModule).Assembly.GetManifestResourceStream(Resource)
            ?? throw new LighthouseException(ErrorCodes.Internal, "The Cedar engine is not part of this build.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private sealed record Loaded(Wasmtime.Engine Engine, Module Module);
}
