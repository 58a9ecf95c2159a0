using Mono.Cecil;

namespace Lighthouse.Architecture.Tests;

/// <summary>What a database row looks like is known in <c>Storage/</c> alone; everybody else sees contracts.</summary>
public sealed class StorageTests
{
    private static readonly string[] Readers =
        ["Microsoft.Data.Sqlite.SqliteDataReader", "System.Data.Common.DbDataReader", "Npgsql.NpgsqlDataReader", "Npgsql.NpgsqlBinaryExporter"];

    [Fact]
    public void Row_IsReadInStorageOnly() =>
        Product.TopLevelTypes(Product.Engine).Where(static type => !InStorage(type.Namespace))
            .Where(static type => TypeUses.Of(type).Any(static used => Readers.Contains(used.FullName)))
            .Select(static type => type.FullName)
            .ShouldBeEmpty();

    [Fact]
    public void Storage_ReadsRows() =>
        Product.TopLevelTypes(Product.Engine).Count(static type => InStorage(type.Namespace) && TypeUses.Of(type).Any(static used => Readers.Contains(used.FullName))).ShouldBeGreaterThan(1);

    [Fact]
    public void Contract_ShowsNothingOfStorage() =>
        Product.TopLevelTypes(Product.Engine).Where(static type => type.Namespace.Split('.').Contains("Contracts"))
            .SelectMany(static type => Signatures(type).Where(static used => InStorage(TypeUses.NamespaceOf(used))).Select(used => $"{type.FullName} shows {used.FullName}"))
            .ShouldBeEmpty();

    [Fact]
    public void Feature_SeesOnlyContractsOfOtherFeatures_NeverTheirStorage() =>
        (from type in Product.TopLevelTypes(Product.Engine).Concat(Product.TopLevelTypes(Product.Web))
         from used in TypeUses.Of(type)
         where InStorage(TypeUses.NamespaceOf(used)) && FeatureOf(type.Namespace) != FeatureOf(TypeUses.NamespaceOf(used))
         select $"{type.FullName} uses {used.FullName}").ShouldBeEmpty();

    /// <summary>People are rows too: pages see <c>HumanSummary</c>.</summary>
    [Fact]
    public void IdentityRow_StaysWithTheHumans() =>
        (from type in Product.TopLevelTypes(Product.Web)
         where !type.Namespace.StartsWith("Lighthouse.Web.Security", StringComparison.Ordinal)
         from used in TypeUses.Of(type)
         where used.Name is "LighthouseUser" or "IdentityDatabase" || TypeUses.NamespaceOf(used).StartsWith("Microsoft.EntityFrameworkCore", StringComparison.Ordinal)
         select $"{type.FullName} uses {used.FullName}").ShouldBeEmpty();

    private static bool InStorage(string ns) => ns.StartsWith("Lighthouse.", StringComparison.Ordinal) && ns.Split('.').Contains("Storage");

    private static string FeatureOf(string ns) => string.Join('.', ns.Split('.').Take(3));

    private static IEnumerable<TypeReference> Signatures(TypeDefinition type) =>
        type.Methods.Where(static method => method.IsPublic).SelectMany(static method => method.Parameters.Select(static one => one.ParameterType).Append(method.ReturnType))
            .Concat(type.Fields.Where(static field => field.IsPublic).Select(static field => field.FieldType));
}
