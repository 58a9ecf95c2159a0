using System.ComponentModel.DataAnnotations;

namespace Lighthouse.Engine.Validation.Redis;

/// <summary>Section <c>Lighthouse:Redis</c>. Without a configuration nothing here is used.</summary>
public sealed class RedisOptions
{
    public const string Section = "Lighthouse:Redis";

    /// <summary>A StackExchange.Redis configuration string: one server, a cluster's servers, or sentinels with <c>serviceName=</c>.</summary>
    public string? Configuration { get; set; }

    /// <summary>The tower key, 32 characters or more, the same on all nodes. Absent: <see cref="KeyFile"/>.</summary>
    [MinLength(32, ErrorMessage = Section + ":Key must have 32 characters or more.")]
    public string? Key { get; set; }

    /// <summary>File with the 32 bytes of the tower key, the same on all nodes. Absent: <c>keys/redis.key</c> in the data directory, made at the first start.</summary>
    public string? KeyFile { get; set; }

    /// <summary>What all names in Redis begin with.</summary>
    [RegularExpression("^[A-Za-z0-9._-]{1,40}$", ErrorMessage = Section + ":Prefix must be 1 to 40 letters, digits, dots, dashes or underscores.")]
    public string Prefix { get; set; } = "lighthouse";

    /// <summary>Seconds after which an answer is computed anew, counted from the moment it was computed.</summary>
    [Range(1, 86_400, ErrorMessage = Section + ":TimeToLiveSeconds must be from 1 to 86,400.")]
    public int TimeToLiveSeconds { get; set; } = 3_600;

    /// <summary>Larger values are neither written nor read.</summary>
    [Range(1_000, 1_000_000, ErrorMessage = Section + ":MaxValueBytes must be from 1,000 to 1,000,000.")]
    public int MaxValueBytes { get; set; } = 100_000;

    /// <summary>How long a request waits for Redis before it is judged here instead, which takes microseconds.</summary>
    [Range(1, 10_000, ErrorMessage = Section + ":TimeoutMilliseconds must be from 1 to 10,000.")]
    public int TimeoutMilliseconds { get; set; } = 25;

    /// <summary>This node is the only one that uses this Redis: what it remembers in its own memory stays valid while Redis is away.</summary>
    public bool SoleNode { get; set; }

    public bool IsConfigured => !string.IsNullOrWhiteSpace(Configuration);
}
