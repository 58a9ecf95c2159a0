using System.Text;
using Wasmtime;

namespace Lighthouse.Engine.Validation.Policies.Cedar;

/// <summary>
/// One instance of the Cedar engine in a memory of its own. It speaks JSON: values cross the border as external references to UTF-8 text,
/// so nothing is converted on the way. Used by one thread at a time; after a trap it is thrown away.
/// </summary>
internal sealed class CedarInstance : IDisposable
{
    private const string Imports = "./cedar_wasm_bg.js";
    public const long MemoryLimit = 192L << 20;

    // External references are freed when the runtime collects them, and it does not know how much they hold.
    private const int CallsBetweenCollections = 512;

    private readonly Store _store;
    private readonly CedarClock _clock;
    private readonly Memory _memory;
    private readonly Table _references;
    private readonly Func<int, int, int> _allocate;
    private readonly Dictionary<string, Func<object?, object?>> _byValue = [];
    private readonly Func<int, int, object?> _textToParts;
    private readonly Func<int, int, object?, object?> _preparse;
    private int _calls;

    public CedarInstance(CedarModule module, CedarClock clock, long memoryLimit = MemoryLimit)
    {
        _clock = clock;
        _store = new Store(module.Engine);
        try
        {
            _store.SetLimits(memorySize: memoryLimit, tableElements: 100_000, instances: 1, tables: 4, memories: 1);
            using var linker = Link(module.Engine);
            _clock.Enter();
            try
            {
                _store.SetEpochDeadline(CedarClock.TicksOf(TimeSpan.FromSeconds(5)));
                var instance = linker.Instantiate(_store, module.Module);
                _memory = instance.GetMemory("memory") ?? throw Missing("memory");
                _references = instance.GetTable("__wbindgen_externrefs") ?? throw Missing("__wbindgen_externrefs");
                _allocate = instance.GetFunction<int, int, int>("__wbindgen_malloc") ?? throw Missing("__wbindgen_malloc");
                (instance.GetAction("__wbindgen_start") ?? throw Missing("__wbindgen_start"))();
                foreach (var name in new[] { "validate", "policyToJson", "statefulIsAuthorized" })
                {
                    _byValue[name] = instance.GetFunction<object?, object?>(name) ?? throw Missing(name);
                }

                _textToParts = instance.GetFunction<int, int, object?>("policySetTextToParts") ?? throw Missing("policySetTextToParts");
                _preparse = instance.GetFunction<int, int, object?, object?>("preparsePolicySet") ?? throw Missing("preparsePolicySet");
            }
            finally
            {
                _clock.Leave();
            }
        }
        catch
        {
            _store.Dispose();
            throw;
        }
    }

    /// <summary>True after a trap: its memory may be in any state.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Bytes of the module's own memory, which only grows.</summary>
    public long MemoryBytes => _memory.GetLength();

    /// <exception cref="CedarException">The call trapped or ran out of time.</exception>
    public byte[] Validate(byte[] call, TimeSpan timeout) => Guarded(timeout, () => _byValue["validate"](call));

    public byte[] PolicyToJson(byte[] policy, TimeSpan timeout) => Guarded(timeout, () => _byValue["policyToJson"](policy));

    public byte[] TextToParts(string text, TimeSpan timeout) => Guarded(timeout, () =>
    {
        var (at, length) = Write(Encoding.UTF8.GetBytes(text));
        return _textToParts(at, length);
    });

    /// <summary>Parses a policy set and keeps it inside under this name, in the place of an earlier one.</summary>
    public byte[] Preparse(string name, byte[] policies, TimeSpan timeout) => Guarded(timeout, () =>
    {
        var (at, length) = Write(Encoding.UTF8.GetBytes(name));
        return _preparse(at, length, policies);
    });

    public byte[] IsAuthorized(byte[] call, TimeSpan timeout) => Guarded(timeout, () => _byValue["statefulIsAuthorized"](call));

    public void Dispose() => _store.Dispose();

    private static InvalidOperationException Missing(string name) => new($"The Cedar module has no export '{name}'.");

    private byte[] Guarded(TimeSpan timeout, Func<object?> call)
    {
        _clock.Enter();
        try
        {
            if (++_calls % CallsBetweenCollections == 0)
            {
                _store.GC();
            }

            _store.SetEpochDeadline(CedarClock.TicksOf(timeout));
            return call() as byte[] ?? throw new CedarException("The policy engine answered nothing.");
        }
        catch (TrapException exception) when (exception.Type == TrapCode.Interrupt)
        {
            IsBroken = true;
            throw new CedarException($"The policies took longer than {timeout.TotalMilliseconds:0} ms.", exception) { TimedOut = true };
        }
        catch (Exception exception) when (exception is WasmtimeException or InvalidOperationException or CedarException)
        {
            IsBroken = true;
            throw exception as CedarException ?? new CedarException("The policy engine failed.", exception);
        }
        finally
        {
            _clock.Leave();
        }
    }

    private (int At, int Length) Write(ReadOnlySpan<byte> text)
    {
        var at = _allocate(text.Length, 1);
        text.CopyTo(_memory.GetSpan((uint)at, text.Length));
        return (at, text.Length);
    }

    // The six imports of the module. Their names end in a hash of the generator's: another version of the package fails at once.
    private Linker Link(Wasmtime.Engine engine)
    {
        var linker = new Linker(engine);
        linker.DefineFunction(Imports, "__wbg___wbindgen_is_undefined_c0cca72b82b86f4d", static (object? value) => value is null ? 1 : 0);
        linker.DefineFunction(Imports, "__wbg___wbindgen_string_get_914df97fcfa788f2", (int result, object? value) =>
        {
            var (at, length) = value is byte[] text ? Write(text) : (0, 0);
            _memory.WriteInt32((uint)result, at);
            _memory.WriteInt32((uint)result + 4, length);
        });
        linker.DefineFunction(Imports, "__wbg___wbindgen_throw_81fc77679af83bc6", (int at, int length) =>
        {
            throw new InvalidOperationException(Encoding.UTF8.GetString(_memory.GetSpan((uint)at, length)));
        });
        linker.DefineFunction(Imports, "__wbg_parse_545d11396395fbbd", (int at, int length) => (object?)_memory.GetSpan((uint)at, length).ToArray());
        linker.DefineFunction(Imports, "__wbg_stringify_a2c39d991e1bf91d", static (object? value) => value);
        linker.DefineFunction(Imports, "__wbindgen_init_externref_table", () => { _references.Grow(4, null); });
        return linker;
    }
}

/// <summary>The policy engine did not answer; the message may be shown.</summary>
internal sealed class CedarException(string message, Exception? inner = null) : Exception(message, inner)
{
    public bool TimedOut { get; init; }
}
