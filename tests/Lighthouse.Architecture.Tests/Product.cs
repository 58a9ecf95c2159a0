using Mono.Cecil;
using Mono.Cecil.Rocks;

namespace Lighthouse.Architecture.Tests;

/// <summary>The built assemblies of the product, read without running them.</summary>
internal static class Product
{
    public static ModuleDefinition Contracts { get; } = Read("Lighthouse.Contracts.dll");
    public static ModuleDefinition Engine { get; } = Read("Lighthouse.Engine.dll");
    public static ModuleDefinition Client { get; } = Read("Lighthouse.Client.dll");
    public static ModuleDefinition Cli { get; } = Read("lighthouse.dll");
    public static ModuleDefinition Web { get; } = Read("Lighthouse.Web.dll");

    public static IReadOnlyList<ModuleDefinition> All { get; } = [Contracts, Engine, Client, Cli, Web];

    /// <summary>Types that somebody wrote or a compiler made for them; nested ones count for the type they stand in.</summary>
    public static IEnumerable<TypeDefinition> TopLevelTypes(ModuleDefinition module) =>
        module.Types.Where(static type => type.Name != "<Module>" && type.Namespace.StartsWith("Lighthouse", StringComparison.Ordinal));

    public static IEnumerable<MethodDefinition> Methods(ModuleDefinition module) =>
        module.GetAllTypes().SelectMany(static type => type.Methods);

    public static IEnumerable<MethodReference> Calls(MethodDefinition method) =>
        method.HasBody ? method.Body.Instructions.Select(static one => one.Operand).OfType<MethodReference>() : [];

    private static ModuleDefinition Read(string file) => ModuleDefinition.ReadModule(Path.Combine(AppContext.BaseDirectory, file));
}
