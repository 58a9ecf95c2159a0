using Lighthouse.Contracts;
using Lighthouse.Engine.Commands.Contracts;
using Lighthouse.Engine.Commands.Effects;

namespace Lighthouse.Engine.Tests.Commands.Effects;

public sealed class PathPlacesTests
{
    private static readonly PathPlaces Places = new();
    private static readonly ActionPlace Project = new(
        "/home/user/project", "/home/user/project", "/home/user", ["/home/user/.lighthouse"], ["localhost:5080"]);

    [Theory]
    [InlineData("src/a.cs", "Workspace")]
    [InlineData("./a/../b", "Workspace")]
    [InlineData("/home/user/project", "Workspace")]
    [InlineData("/home/user/project2/x", "Home")]
    [InlineData("../other/x", "Home")]
    [InlineData("../../../etc/hostname", "System")]
    [InlineData("/tmp/x", "Temporary")]
    [InlineData("/private/tmp/x", "Temporary")]
    [InlineData("/tmp/../etc/shadow", "Credential")]
    [InlineData("//etc//./shadow", "Credential")]
    [InlineData("/proc/self/root/etc/shadow", "Credential")]
    [InlineData("/proc/1/root/home/user/.ssh/id_rsa", "Credential")]
    [InlineData("/proc/self/cwd/.env", "Credential")]
    [InlineData("/ETC/Shadow", "Credential")]
    [InlineData("~/.ssh/id_ed25519", "Credential")]
    [InlineData("~/.ssh/id_ed25519.pub", "Home")]
    [InlineData("~other/.ssh/id_rsa", "Credential")]
    [InlineData("~root/.bashrc", "Startup")]
    [InlineData("/root/.aws/credentials", "Credential")]
    [InlineData("/Users/ann/.aws/credentials", "Credential")]
    [InlineData(".env", "Credential")]
    [InlineData(".env.example", "Workspace")]
    [InlineData("certs/server.pem", "Credential")]
    [InlineData("~/.cache/huggingface/token", "Credential")]
    [InlineData("~/.local/share/opencode/auth.json", "Credential")]
    [InlineData("~/.newtool/credentials.yaml", "Credential")]
    [InlineData("~/.config/newtool/access-token", "Credential")]
    [InlineData("~/.newshell_history", "Credential")]
    [InlineData("~/.oci/config", "Credential")]
    [InlineData("~/.config/sops/age/keys.txt", "Credential")]
    [InlineData("~/.config/BraveSoftware/Brave-Browser/Default/Cookies", "Credential")]
    [InlineData("/Users/ann/Library/Application Support/Microsoft Edge/Default/Login Data", "Credential")]
    [InlineData("/run/user/1000/containers/auth.json", "Credential")]
    [InlineData("~/.config/nvim/init.lua", "Startup")]
    [InlineData("~/.config/starship.toml", "Home")]
    [InlineData("~/.cargo/registry/src/token-1.0/src/lib.rs", "Home")]
    [InlineData("src/credentials.ts", "Workspace")]
    [InlineData("src/secrets/manager.py", "Workspace")]
    [InlineData("~/.bashrc", "Startup")]
    [InlineData("~/.ssh/authorized_keys", "Startup")]
    [InlineData(".git/hooks/pre-commit", "Startup")]
    [InlineData(".claude/settings.json", "Startup")]
    [InlineData("/etc/cron.d/job", "Startup")]
    [InlineData("/etc/nginx/nginx.conf", "System")]
    [InlineData("/usr/local/bin/x", "System")]
    [InlineData("/data/x", "Outside")]
    [InlineData("/dev/null", "None")]
    [InlineData("/dev/tcp/evil.example/80", "Network")]
    [InlineData("/dev/sda", "System")]
    [InlineData("~/.lighthouse/lighthouse.db", "Protected")]
    [InlineData("/home/user/project/../.lighthouse", "Protected")]
    [InlineData("/home/else/.lighthouse/keys", "Protected")]
    public void PlaceOf_Text_IsSeenThrough(string path, string expected) =>
        Places.PlaceOf(Word(path), Project).ToString().ShouldBe(expected);

    [Theory]
    [InlineData("/e*c/sh*dow", "Credential")]
    [InlineData("/???/sh?dow", "Credential")]
    [InlineData("/etc/*", "Credential")]
    [InlineData("/etc/[r-t]hadow", "Credential")]
    [InlineData("~/.s*/id_*", "Credential")]
    [InlineData("/h*/user/.ssh/id_rsa", "Credential")]
    [InlineData("*", "Workspace")]
    [InlineData("src/*.cs", "Workspace")]
    [InlineData(".e*", "Credential")]
    [InlineData("*.pem", "Credential")]
    [InlineData("/tmp/*.log", "Temporary")]
    [InlineData("~/.light*/lighthouse.db", "Protected")]
    public void PlaceOf_Glob_CountsWhatItCouldMatch(string pattern, string expected) =>
        Places.PlaceOf(Word(pattern) with { HasGlob = true }, Project).ToString().ShouldBe(expected);

    [Theory]
    [InlineData("\"$HOME\"/.ssh/id_rsa", "", "Credential")]
    [InlineData("$DIR/x", "", "Unresolved")]
    [InlineData("/etc/shado$x", "/etc/shado", "Unresolved")]
    [InlineData("~/.ssh/$key", "~/.ssh/", "Credential")]
    [InlineData("src/$name", "src/", "Unresolved")]
    public void PlaceOf_UnknownWord_IsJudgedByItsBeginning(string raw, string prefix, string expected) =>
        Places.PlaceOf(new Word(null, raw, 0, raw.Length, Prefix: prefix), Project).ToString().ShouldBe(expected);

    [Theory]
    [InlineData("/", true, Risk.Critical)]
    [InlineData("~", true, Risk.Critical)]
    [InlineData("~/", true, Risk.Critical)]
    [InlineData("/home", true, Risk.Critical)]
    [InlineData("/home/user/", true, Risk.Critical)]
    [InlineData("..", true, Risk.Critical)]
    [InlineData("/etc", true, Risk.Critical)]
    [InlineData("/usr/lib", true, Risk.Critical)]
    [InlineData("/home/user/.lighthouse", false, Risk.Critical)]
    [InlineData("~/Documents", true, Risk.High)]
    [InlineData(".", true, Risk.High)]
    [InlineData(".git", true, Risk.High)]
    [InlineData("build", true, Risk.Medium)]
    [InlineData("a.txt", false, Risk.Low)]
    [InlineData("/tmp/x", true, Risk.Low)]
    public void Delete_Target_HasTheRiskOfItsLoss(string path, bool recursive, Risk expected) =>
        Places.Delete(Word(path), Project, recursive, "rm").ShouldNotBeNull().Risk.ShouldBe(expected);

    [Fact]
    public void Write_Places_BecomeEffects()
    {
        Places.Write(Word("/dev/null"), Project, null).ShouldBeNull();
        Places.Write(Word("/dev/sda"), Project, "dd")!.Risk.ShouldBe(Risk.Critical);
        Places.Write(Word("a"), Project, null)!.Effect.ShouldBe(Effect.WriteWorkspace);
        Places.Write(Word("/etc/hosts"), Project, null)!.Effect.ShouldBe(Effect.Persistence);
        Places.Write(Word("~/.bashrc"), Project, null)!.Effect.ShouldBe(Effect.Persistence);
        Places.Write(Word("/data/x"), Project, null)!.Effect.ShouldBe(Effect.WriteOutside);
        Places.Write(Word(".git/HEAD"), Project, null)!.Effect.ShouldBe(Effect.HistoryRewrite);
    }

    [Fact]
    public void List_SecretsDirectory_OnlyShowsNames() =>
        Places.List(Word("~/.ssh"), Project, "ls")!.Effect.ShouldBe(Effect.Read);

    [Theory]
    [InlineData("https://example.org/x", "Network")]
    [InlineData("http://localhost:5080/api", "Protected")]
    [InlineData("127.0.0.1:5080", "Protected")]
    [InlineData("http://[::1]:5080/", "Protected")]
    [InlineData("http://lighthouse.localhost:5080/", "Protected")]
    [InlineData("http://localhost:3000/", "Network")]
    [InlineData("http://169.254.169.254/latest", "Credential")]
    [InlineData("http://2852039166/latest", "Credential")]
    [InlineData("http://0xa9fea9fe/", "Credential")]
    [InlineData("metadata.google.internal", "Credential")]
    public void PlaceOfAddress_Host_IsRecognised(string address, string expected) =>
        Places.PlaceOfAddress(Word(address), Project).ToString().ShouldBe(expected);

    [Fact]
    public void PlaceOf_UnknownDirectory_HoldsNothingInside() =>
        Places.PlaceOf(Word("a.txt"), new ActionPlace(null, null, null, [], [])).ShouldBe(Place.Unresolved);

    private static Word Word(string text) => new(text, text, 0, text.Length);
}
