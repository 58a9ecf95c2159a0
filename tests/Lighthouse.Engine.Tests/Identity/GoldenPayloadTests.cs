using System.Text;
using Lighthouse.Engine.EventStore.Contracts;
using Lighthouse.Engine.Identity.Contracts;

namespace Lighthouse.Engine.Tests.Identity;

/// <summary>Payloads of version 1 as they were first written. They load for ever: this text is never changed.</summary>
public sealed class GoldenPayloadTests
{
    private readonly IdentityHost _host = new();

    [Fact]
    public void Version1_StillLoads()
    {
        Append("agent-a1", EventTypes.AgentCreated, """{"agentId":"a1","name":"claude","owner":"ada","profile":"guarded","v":1}""");
        Append("key-k1", EventTypes.KeyCreated, """{"keyId":"k1","hash":"4b234323960761e4561a677401e29682952698e03c6370c632aa69f51823d8f9","name":"claude","role":"agent","owner":"ada","agentId":"a1","workspaceRoots":["/w"],"v":1}""");
        Append("agent-a1", EventTypes.AgentSuspended, """{"agentId":"a1","reason":"odd","v":1}""");
        Append("emergency-stop", EventTypes.EmergencyStopEngaged, """{"reason":"fire","v":1}""");

        _host.Agents.Find("a1").ShouldNotBeNull().SuspendedReason.ShouldBe("odd");
        _host.Credentials.Verify("golden-secret-of-version-one-0123456789").ShouldNotBeNull().Agent!.WorkspaceRoots.ShouldBe(["/w"]);
        _host.Stop.Engaged.ShouldNotBeNull().Reason.ShouldBe("fire");

        Append("agent-a1", EventTypes.AgentResumed, """{"agentId":"a1","v":1}""");
        Append("key-k1", EventTypes.KeyRevoked, """{"keyId":"k1","reason":"rotated","replacedBy":"k2","v":1}""");
        Append("emergency-stop", EventTypes.EmergencyStopReleased, """{"reason":"","v":1}""");

        _host.Agents.IsSuspended("a1").ShouldBeFalse();
        _host.Credentials.IsLive("k1").ShouldBeFalse();
        _host.Stop.Engaged.ShouldBeNull();
    }

    private void Append(string stream, string type, string payload)
    {
        var appended = _host.Store.AppendAsync([new NewEvent(stream, null, type, "human:ada", Encoding.UTF8.GetBytes(payload))], CancellationToken.None);
        appended.IsCompletedSuccessfully.ShouldBeTrue();
    }
}
