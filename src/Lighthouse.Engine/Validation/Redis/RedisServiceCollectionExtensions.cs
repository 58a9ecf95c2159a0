using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Lighthouse.Engine.Validation.Redis;

internal static class RedisServiceCollectionExtensions
{
    public static IServiceCollection AddRedis(this IServiceCollection services)
    {
        services.AddOptions<RedisOptions>()
            .ValidateDataAnnotations()
            .Validate(
                static options => !options.IsConfigured || CanBeRead(options.Configuration!),
                RedisOptions.Section + ":Configuration is not a StackExchange.Redis configuration string, for example `redis1:6379,password=…` or `sentinel1:26379,serviceName=main`.")
            .Validate(
                static options => options.KeyFile is not { Length: > 0 } file || File.Exists(file),
                RedisOptions.Section + ":KeyFile does not exist. Copy `keys/redis.key` of the first node's data directory there.")
            .ValidateOnStart();
        services.TryAddSingleton<TowerKey>();
        services.TryAddSingleton<RedisConnection>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, RedisConnection>(static provider => provider.GetRequiredService<RedisConnection>()));
        return services;
    }

    private static bool CanBeRead(string configuration)
    {
        try
        {
            return RedisConnection.Parse(configuration).EndPoints.Count > 0;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or OverflowException)
        {
            return false;
        }
    }
}
