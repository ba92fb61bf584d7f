import type { Database } from "@/lib/db/client";
import type { Actor, AgentActor, IntakeKeyActor, Role, TokenActor, UserActor } from "@/lib/domain/actor";
import type { Context, Services } from "@/lib/pipeline/context";

/** One actor of each kind. Give fields to make it somebody in particular. */
export const actors = {
  admin: (fields: Partial<UserActor> = {}) => user("admin", fields),
  approver: (fields: Partial<UserActor> = {}) => user("approver", fields),
  triager: (fields: Partial<UserActor> = {}) => user("triager", fields),
  viewer: (fields: Partial<UserActor> = {}) => user("viewer", fields),
  auditor: (fields: Partial<UserActor> = {}) => user("auditor", fields),
  /** A person who has roles on projects and none over everything. */
  projectMember: (projectRoles: Record<string, Role>, fields: Partial<UserActor> = {}) =>
    user("viewer", { role: null, projectRoles, ...fields }),
  adminToken: (fields: Partial<TokenActor> = {}): TokenActor => ({
    ...{ kind: "token", tokenId: "token-admin", name: "bootstrap", tokenKind: "admin", scopes: [] },
    ...fields,
  }),
  serviceToken: (fields: Partial<TokenActor> = {}): TokenActor => ({
    ...{ kind: "token", tokenId: "token-service", name: "ci", tokenKind: "service", scopes: [] },
    ...fields,
  }),
  agentToken: (fields: Partial<AgentActor> = {}): AgentActor => ({
    ...{ kind: "agent", tokenId: "token-agent", name: "coder", scopes: [] },
    ...fields,
  }),
  intakeKey: (fields: Partial<IntakeKeyActor> = {}): IntakeKeyActor => ({
    ...{ kind: "intakeKey", keyId: "intake-key-1", name: "reporter", projectId: "shop", sourceIds: [] },
    ...fields,
  }),
  system: (name = "test"): Actor => ({ kind: "system", name }),
};

function user(role: Role, fields: Partial<UserActor>): UserActor {
  return {
    kind: "user",
    userId: `user-${role}`,
    name: `The ${role}`,
    email: `${role}@example.test`,
    role,
    projectRoles: {},
    sessionId: `session-${role}`,
    stepUpAtMs: null,
    ...fields,
  };
}

export type TestContextOverrides = Partial<Omit<Context, "services" | "db" | "actor">> & {
  services?: Partial<Services>;
};

/** A verb's context. Its clock stands still; secrets are unset and the network throws unless a test brings its own. */
export function testContext(
  db: Database,
  actor: Actor = actors.admin(),
  overrides: TestContextOverrides = {},
): Context {
  const { services, ...rest } = overrides;
  return {
    actor,
    db,
    nowMs: Date.UTC(2026, 5, 29, 12),
    requestId: "req-test",
    ...rest,
    services: { ...testServices(), ...services },
  };
}

export function testServices(): Services {
  return {
    resolveSecret: () => ({
      ok: false,
      reason: { code: "secret_unset", message: "No secrets in this test." },
    }),
    privateNetworks: [],
    fetch: () => Promise.reject(new Error("This test did not expect an outgoing request.")),
    pepper: "test-pepper",
    random: () => 0.5,
  };
}
