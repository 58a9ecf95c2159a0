using System.Security.Cryptography;
using System.Text;
using Lighthouse.Engine.Platform;
using Microsoft.Extensions.Options;

namespace Lighthouse.Engine.Validation.Redis;

/// <summary>
/// The secret that nodes of one tower share and Redis never sees. Nodes with different keys share nothing: neither finds the other's entries
/// nor believes them.
/// </summary>
internal sealed class TowerKey
{
    // Read when first needed: who has no Redis gets no key file.
    private readonly Lazy<byte[]> _root;

    public TowerKey(IOptions<RedisOptions> redis, IOptions<LighthouseOptions> lighthouse) =>
        _root = new(() => HKDF.Extract(HashAlgorithmName.SHA256, Load(redis.Value, lighthouse.Value.DataDirectory)));

    /// <summary>Tells keys apart without giving one away: the same on two nodes means that they share.</summary>
    public string Id => Convert.ToHexStringLower(Derive("id", 4));

    public byte[] Derive(string purpose, int length = 32) =>
        HKDF.Expand(HashAlgorithmName.SHA256, _root.Value, length, Encoding.UTF8.GetBytes("lighthouse redis " + purpose));

    private static byte[] Load(RedisOptions options, string dataDirectory) =>
        options.Key is { Length: > 0 } key ? Encoding.UTF8.GetBytes(key)
        : SecretFile.ReadOrCreate(Path.GetFullPath(options.KeyFile is { Length: > 0 } file ? file : Path.Combine(dataDirectory, "keys", "redis.key")));
}
