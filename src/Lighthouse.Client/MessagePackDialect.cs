using System.Globalization;
using System.Text.Json;
using Lighthouse.Contracts;
using MessagePack;
using MessagePack.Formatters;
using MessagePack.Resolvers;

namespace Lighthouse.Client;

/// <summary>
/// The MessagePack form of the hub: the same names, words and absences as the JSON form, because it is made from it. Pass
/// <see cref="Options"/> to <c>AddMessagePackProtocol</c> on either side.
/// </summary>
public sealed class MessagePackDialect : IFormatterResolver
{
    private static readonly string ContractsNamespace = typeof(Decision).Namespace!;

    private MessagePackDialect()
    {
    }

    public static MessagePackSerializerOptions Options { get; } = MessagePackSerializerOptions.Standard
        .WithResolver(new MessagePackDialect())
        .WithSecurity(MessagePackSecurity.UntrustedData);

    public IMessagePackFormatter<T>? GetFormatter<T>() => Cache<T>.Formatter;

    private static bool IsOurs(Type type) =>
        type == typeof(JsonElement) || type.Namespace == ContractsNamespace
        || (type.IsArray && IsOurs(type.GetElementType()!))
        || (type.IsGenericType && type.GetGenericArguments() is [var item] && IsOurs(item));

    private static class Cache<T>
    {
        public static readonly IMessagePackFormatter<T>? Formatter =
            IsOurs(typeof(T)) ? new ThroughJson<T>() : StandardResolver.Instance.GetFormatter<T>();
    }

    private sealed class ThroughJson<T> : IMessagePackFormatter<T>
    {
        public void Serialize(ref MessagePackWriter writer, T value, MessagePackSerializerOptions options) =>
            MessagePackSerializer.ConvertFromJson(JsonSerializer.Serialize(value, LighthouseJson.Options), ref writer, options);

        public T Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options)
        {
            using var json = new StringWriter(CultureInfo.InvariantCulture);
            MessagePackSerializer.ConvertToJson(ref reader, json, options);
            return JsonSerializer.Deserialize<T>(json.ToString(), LighthouseJson.Options)!;
        }
    }
}
