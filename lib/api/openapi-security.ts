import type { RouteAuth } from "./route";

/** How a caller says who it is (contract 1.2, 1.3). The header used says nothing about what it may do (D-19). */
export const securitySchemes = {
  bearer: {
    type: "http",
    scheme: "bearer",
    description: "An API token; on the intake paths a scoped key as well. `Bearer` or `bearer`.",
  },
  tandemToken: {
    type: "apiKey",
    in: "header",
    name: "x-tandem-token",
    description: "An API token. Comes before `authorization` when both are sent.",
  },
  agentToken: {
    type: "apiKey",
    in: "header",
    name: "x-agent-token",
    description: "An API token, of an agent or any other. Comes before the other two headers.",
  },
  intakeKey: {
    type: "apiKey",
    in: "header",
    name: "x-tandem-incident-monitor-intake-key",
    description: "A scoped intake key: it reports for its own project and opens nothing else.",
  },
  deliverySignature: {
    type: "apiKey",
    in: "header",
    name: "x-tandem-signature",
    description:
      "Proves that this product sent the body, as every signed webhook of it does. Nobody else can make one.",
  },
  session: {
    type: "apiKey",
    in: "cookie",
    name: "next-auth.session-token",
    description:
      "The panel's session, from its own pages only: a change asked for by another site is refused. Under https the name begins with `__Secure-`.",
  },
} as const;

type Scheme = keyof typeof securitySchemes;
const full: readonly Scheme[] = ["bearer", "tandemToken", "agentToken", "session"];

/** Any one of them will do. */
export function securityOf(auth: RouteAuth): Array<Record<string, string[]>> {
  return schemesOf(auth).map((scheme) => ({ [scheme]: [] }));
}

function schemesOf(auth: RouteAuth): readonly Scheme[] {
  if (auth.kind === "public" || auth.kind === "link") return [];
  if (auth.kind === "signature") return ["deliverySignature"];
  return auth.kind === "actor" ? full : intakeSchemes(auth);
}

function intakeSchemes(auth: RouteAuth & { kind: "intake" }): readonly Scheme[] {
  return auth.unboundPermission ? ["intakeKey", ...full] : ["intakeKey", "bearer"];
}
