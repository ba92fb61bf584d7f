import type { Permission } from "./permission";

/** Who is acting. A union, never a bare string: permissions and audit depend on the kind. */
export const roles = ["viewer", "triager", "approver", "admin", "auditor"] as const;
export type Role = (typeof roles)[number];

export type UserActor = {
  kind: "user";
  userId: string;
  name: string;
  email: string;
  /** Role over everything; null when the person only has project roles. */
  role: Role | null;
  projectRoles: Readonly<Record<string, Role>>;
  sessionId: string;
  /** When this session last proved its person again (see domain/step-up.ts). */
  stepUpAtMs: number | null;
};

export type TokenKind = "admin" | "service" | "agent";
/** What a token is narrowed to; empty: all that its kind may do. */
type Scoped = { scopes: readonly Permission[] };
export type TokenActor = Scoped & {
  kind: "token";
  tokenId: string;
  name: string;
  tokenKind: Exclude<TokenKind, "agent">;
};
export type AgentActor = Scoped & { kind: "agent"; tokenId: string; name: string };
export type IntakeKeyActor = {
  kind: "intakeKey";
  keyId: string;
  name: string;
  projectId: string;
  /** Sources the key may name; empty means any source of its project. */
  sourceIds: readonly string[];
};
export type SystemActor = { kind: "system"; name: string };

export type Actor = UserActor | TokenActor | AgentActor | IntakeKeyActor | SystemActor;

/** The actor as it is stored on decisions, audit entries and revisions: enough to say who, nothing secret. */
export type ActorRef = { kind: Actor["kind"]; id: string; name: string };

export function actorRef(actor: Actor): ActorRef {
  switch (actor.kind) {
    case "user":
      return { kind: "user", id: actor.userId, name: actor.name };
    case "token":
    case "agent":
      return { kind: actor.kind, id: actor.tokenId, name: actor.name };
    case "intakeKey":
      return { kind: "intakeKey", id: actor.keyId, name: actor.name };
    case "system":
      return { kind: "system", id: actor.name, name: actor.name };
  }
}

/** One string per distinct actor, for unique constraints and filters. */
export function actorKey(actor: Actor): string {
  const ref = actorRef(actor);
  return `${ref.kind}:${ref.id}`;
}
